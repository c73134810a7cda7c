// expect: pass none; complete
// The signal is blocked before the thread that waits for it is made.
#include <pthread.h>
#include <signal.h>

static int got;

static void *wait_for_it(void *arg)
{
    sigwait(arg, &got);
    return NULL;
}

int main(void)
{
    pthread_t t;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&t, NULL, wait_for_it, &set);
    pthread_kill(t, SIGUSR1);
    pthread_join(t, NULL);
    return got == SIGUSR1 ? 0 : 1;
}
