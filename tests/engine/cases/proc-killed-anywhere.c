// expect: pass none; complete
// A process may be killed before, between and after its steps: each is found, also by the proof alone.
#include <lab/check.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char text[4];
    if (pipe(ends) != 0)
        return 1;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (int i = 0; i < 2; i++)
            if (write(ends[1], "x", 1) != 1)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ssize_t n = read(ends[0], text, sizeof text);
    close(ends[0]);
    lab_possible("wrong", n == 0, "before");
    lab_possible("wrong", n == 1, "between");
    lab_possible("wrong", n == 2, "after");
    return 0;
}
