// expect: pass none; complete
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;

static void handle(int sig)
{
    int was = errno;
    (void)sig;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        reaped++;
    errno = was;
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
    while (reaped < 2)
        sigsuspend(&old);
    return 0;
}
