// expect: leak orphan
// Two children may end before the handler runs: one signal, one wait, and one child that nobody waits for.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;

static void handle(int sig)
{
    (void)sig;
    if (wait(NULL) > 0)
        reaped++;
}

int main(void)
{
    struct sigaction a = {.sa_handler = handle};
    sigset_t chld, old;
    sigemptyset(&a.sa_mask);
    sigaction(SIGCHLD, &a, NULL);
    sigemptyset(&chld);
    sigaddset(&chld, SIGCHLD);
    sigprocmask(SIG_BLOCK, &chld, &old);
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            _exit(0);
    sigsuspend(&old);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return 0;
}
