/* A child's output goes into a pipe. The parent reads until the end, and has kept a copy of the end that is written to. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char text[16];
    if (pipe(ends) != 0)
        return 1;
    int copy = dup(ends[1]);
    if (fork() == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[1]);
        close(copy);
        write(1, "tea", 3);
        _exit(0);
    }
    close(ends[1]);
    while (read(ends[0], text, sizeof text) > 0)
        ;
    wait(NULL);
    return 0;
}
