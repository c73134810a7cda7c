// expect: limit limit
// Real-time signals are queued; the lab keeps one of each, and says so where a second one is sent.
#include <signal.h>
#include <stddef.h>

int main(void)
{
    sigset_t set;
    int sig;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGRTMIN);
    raise(SIGRTMIN);
    sigwait(&set, &sig);
    sigwait(&set, &sig);
    return 0;
}
