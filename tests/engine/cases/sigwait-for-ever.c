// expect: deadlock no_sigsend
// Nobody sends the signal it waits for.
#include <pthread.h>
#include <signal.h>

static void *wait_for_it(void *arg)
{
    int sig;
    sigwait(arg, &sig);
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
    pthread_join(t, NULL);
    return 0;
}
