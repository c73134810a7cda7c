// expect: deadlock
// The child waits for room in the pipe, the parent for the child.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static char block[4096];

int main(void)
{
    int ends[2];
    if (pipe(ends) != 0 || fcntl(ends[1], F_SETPIPE_SZ, 4096) < 0)
        return 1;
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 2; i++)
            if (write(ends[1], block, sizeof block) < 0)
                _exit(1);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    return 0;
}
