// expect: deadlock
// The handler may run while its own thread holds the lock, and waits for it for ever.
#include <pthread.h>
#include <signal.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count;
static pthread_t owner;

static void handle(int sig)
{
    (void)sig;
    pthread_mutex_lock(&lock);
    count++;
    pthread_mutex_unlock(&lock);
}

static void *send(void *arg)
{
    pthread_kill(owner, SIGUSR1);
    return arg;
}

int main(void)
{
    pthread_t t;
    owner = pthread_self();
    signal(SIGUSR1, handle);
    pthread_create(&t, NULL, send, NULL);
    pthread_mutex_lock(&lock);
    count++;
    pthread_mutex_unlock(&lock);
    pthread_join(t, NULL);
    return 0;
}
