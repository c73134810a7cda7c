// expect: deadlock signal_early
// The signal may come between the look at the flag and pause, which then waits for the next one.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void handle(int sig) { stop = sig; }

int main(void)
{
    struct sigaction a = {.sa_handler = handle};
    sigemptyset(&a.sa_mask);
    sigaction(SIGUSR1, &a, NULL);
    pid_t child = fork();
    if (child == 0) {
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    while (!stop)
        pause();
    waitpid(child, NULL, 0);
    return 0;
}
