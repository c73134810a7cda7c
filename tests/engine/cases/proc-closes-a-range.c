// expect: pass
#include <errno.h>
#include <lab/check.h>
#include <sys/wait.h>
#include <unistd.h>

SCENARIO(range, "a child closes all numbers of a range, some of which its parent had closed", "", "")
{
    int ends[2], status;
    pipe(ends);
    close(ends[1]);
    if (fork() == 0) {
        for (int fd = 3; fd < 10; fd++)
            close(fd);
        int errors = 0;
        for (int fd = 3; fd < 10; fd++)
            errors += fd != ends[0] && close(fd) < 0 && errno == EBADF;
        _exit(errors);
    }
    wait(&status);
    lab_check(WEXITSTATUS(status) == 6, "%d", status);
    close(ends[0]);
}
