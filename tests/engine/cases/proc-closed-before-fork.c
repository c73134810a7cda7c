// expect: misuse fd_closed
#include <lab/check.h>
#include <sys/wait.h>
#include <unistd.h>

SCENARIO(too_late, "a child writes to what its parent had closed before the fork", "", "")
{
    int ends[2];
    pipe(ends);
    close(ends[1]);
    if (fork() == 0) {
        write(ends[1], "tea", 3);
        _exit(0);
    }
    wait(NULL);
    close(ends[0]);
}
