// expect: crash signal_ends; preemptions == 0
// The thread blocks it itself, after it was made: the signal may come before.
#include <pthread.h>
#include <signal.h>

static int got;

static void *wait_for_it(void *arg)
{
    pthread_sigmask(SIG_BLOCK, arg, NULL);
    sigwait(arg, &got);
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
    return got == SIGUSR1 ? 0 : 1;
}
