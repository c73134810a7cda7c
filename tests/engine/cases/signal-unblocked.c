// expect: crash signal_ends; preemptions == 0
// The thread blocks the signal itself, which may be too late.
#include <pthread.h>
#include <signal.h>

static void *wait_for_it(void *arg)
{
    int sig;
    pthread_sigmask(SIG_BLOCK, arg, NULL);
    sigwait(arg, &sig);
    return NULL;
}

int main(void)
{
    pthread_t t;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_create(&t, NULL, wait_for_it, &set);
    pthread_kill(t, SIGUSR1);
    pthread_join(t, NULL);
    return 0;
}
