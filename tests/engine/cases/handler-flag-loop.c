// expect: pass none; complete
#include <pthread.h>
#include <signal.h>

static volatile sig_atomic_t stop;
static pthread_t owner;

static void handle(int sig) { stop = sig; }

static void *send(void *arg)
{
    pthread_kill(owner, SIGTERM);
    return arg;
}

int main(void)
{
    pthread_t t;
    struct sigaction a = {.sa_handler = handle};
    sigemptyset(&a.sa_mask);
    sigaction(SIGTERM, &a, NULL);
    owner = pthread_self();
    pthread_create(&t, NULL, send, NULL);
    while (!stop)
        ;
    pthread_join(t, NULL);
    return 0;
}
