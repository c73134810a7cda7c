// expect: pass none; complete
// Who stops itself says by which signal, also where that is another than SIGSTOP.
#include <assert.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void check(pid_t child, int sig)
{
    int status;
    waitpid(child, &status, WUNTRACED);
    assert(WIFSTOPPED(status) && WSTOPSIG(status) == sig);
    kill(child, SIGCONT);
}

int main(void)
{
    pid_t child = fork();
    if (child == 0) {
        raise(SIGTSTP);
        raise(SIGTTIN);
        _exit(0);
    }
    check(child, SIGTSTP);
    check(child, SIGTTIN);
    waitpid(child, NULL, 0);
    return 0;
}
