// expect: pass none; complete
// The handler only writes a byte, which async-signal-safe write may; the loop reads it.
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];

static void handle(int sig)
{
    int was = errno;
    char c = (char)sig;
    write(ends[1], &c, 1);
    errno = was;
}

int main(void)
{
    char c;
    struct sigaction a = {.sa_handler = handle, .sa_flags = SA_RESTART};
    pipe(ends);
    sigemptyset(&a.sa_mask);
    sigaction(SIGUSR1, &a, NULL);
    pid_t child = fork();
    if (child == 0) {
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    printf("waiting\n");
    assert(read(ends[0], &c, 1) == 1 && c == SIGUSR1);
    waitpid(child, NULL, 0);
    return 0;
}
