// expect: pass none; complete
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int ended_by(pid_t child)
{
    int status;
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int main(void)
{
    pid_t child = fork();
    if (child == 0)
        for (;;)
            sleep(1000);
    kill(child, SIGSTOP);
    kill(child, SIGCONT);
    kill(child, SIGTERM);
    if (ended_by(child) != SIGTERM || kill(child, 0) == 0)
        return 1;
    if ((child = fork()) == 0)
        abort();
    if (ended_by(child) != SIGABRT)
        return 2;
    if ((child = fork()) == 0) {
        int ends[2];
        if (pipe(ends) == 0 && close(ends[0]) == 0 && write(ends[1], "x", 1) > 0)
            _exit(0);
        _exit(1);
    }
    if (ended_by(child) != SIGPIPE)
        return 3;
    signal(SIGPIPE, SIG_IGN);
    if ((child = fork()) == 0) {
        int ends[2];
        _exit(pipe(ends) == 0 && close(ends[0]) == 0 && write(ends[1], "x", 1) < 0 ? 7 : 1);
    }
    int status;
    return waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 7;
}
