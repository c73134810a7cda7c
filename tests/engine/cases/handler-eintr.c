// expect: wrong assert
// Without SA_RESTART the read may give up before the byte comes.
#include <assert.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void handle(int sig) { (void)sig; }

int main(void)
{
    int ends[2];
    char c;
    struct sigaction a = {.sa_handler = handle};
    pipe(ends);
    sigemptyset(&a.sa_mask);
    sigaction(SIGUSR1, &a, NULL);
    pid_t child = fork();
    if (child == 0) {
        kill(getppid(), SIGUSR1);
        write(ends[1], "x", 1);
        _exit(0);
    }
    ssize_t n = read(ends[0], &c, 1);
    waitpid(child, NULL, 0);
    assert(n == 1);
    return 0;
}
