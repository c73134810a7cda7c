// expect: crash signal_ends
// Signals to one thread: blocked too late. The other thread was made before and does not block them
// while it does not wait.
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
    pthread_create(&t, NULL, wait_for_end, NULL);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGINT);
    kill(getpid(), SIGTERM);
    pthread_join(t, NULL);
    return 0;
}
