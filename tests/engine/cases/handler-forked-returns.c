// expect: limit call_refused
// A child that a handler forks goes on in the midst of it; where that returns to is a call of its parent's thread.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

static void handle(int sig)
{
    (void)sig;
    child = fork();
}

int main(void)
{
    signal(SIGUSR1, handle);
    raise(SIGUSR1);
    if (child == 0)
        _exit(0);
    wait(NULL);
    return 0;
}
