// expect: pass none; complete
// All signals to one thread: blocked everywhere, awaited in one.
#include <pthread.h>
#include <signal.h>

static int seen;

static void *wait_for_them(void *arg)
{
    int sig;
    while (sigwait(arg, &sig) == 0 && sig != SIGTERM)
        seen++;
    return NULL;
}

int main(void)
{
    pthread_t t;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&t, NULL, wait_for_them, &set);
    pthread_kill(t, SIGUSR1);
    pthread_kill(t, SIGTERM);
    pthread_join(t, NULL);
    return seen == 1 ? 0 : 1; /* of two that wait, the lower number comes first */
}
