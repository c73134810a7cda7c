// expect: pass none; complete
// Blocked until sigsuspend lets it in: it cannot come too early.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void handle(int sig) { stop = sig; }

int main(void)
{
    sigset_t usr, old;
    struct sigaction a = {.sa_handler = handle};
    sigemptyset(&a.sa_mask);
    sigaction(SIGUSR1, &a, NULL);
    sigemptyset(&usr);
    sigaddset(&usr, SIGUSR1);
    sigprocmask(SIG_BLOCK, &usr, &old);
    pid_t child = fork();
    if (child == 0) {
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    while (!stop)
        sigsuspend(&old);
    waitpid(child, NULL, 0);
    return 0;
}
