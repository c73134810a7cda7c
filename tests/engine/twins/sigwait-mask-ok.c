// expect: pass none; complete
// Signals to one thread: blocked before there is another, so that only sigwait gets them.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static sigset_t set;

static void *wait_for_end(void *arg)
{
    int sig = 0;
    while (sig != SIGTERM)
        sigwait(&set, &sig);
    return arg;
}

int main(void)
{
    pthread_t t;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&t, NULL, wait_for_end, NULL);
    kill(getpid(), SIGINT);
    kill(getpid(), SIGTERM);
    pthread_join(t, NULL);
    return 0;
}
