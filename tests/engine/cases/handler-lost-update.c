// expect: wrong assert
// The handler runs between the load and the store of count++ in main, and its own count++ is lost.
#include <assert.h>
#include <pthread.h>
#include <signal.h>

static volatile sig_atomic_t count;
static pthread_t owner;

static void handle(int sig)
{
    (void)sig;
    count++;
}

static void *send(void *arg)
{
    pthread_kill(owner, SIGUSR1);
    return arg;
}

int main(void)
{
    pthread_t t;
    sigset_t set;
    struct sigaction a = {.sa_handler = handle};
    sigemptyset(&a.sa_mask);
    sigaction(SIGUSR1, &a, NULL);
    owner = pthread_self();
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_create(&t, NULL, send, NULL);
    count++;
    pthread_join(t, NULL);
    assert(count == 2);
    return 0;
}
