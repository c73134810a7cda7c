/* CHILDREN, BYTES bytes each through one pipe, and their exit codes: processes as they are used. */
#include <sys/wait.h>
#include <unistd.h>

#ifndef CHILDREN
#define CHILDREN 3
#define BYTES 2
#endif

int main(void)
{
    int ends[2], status, sum = 0;
    char c;
    if (pipe(ends) != 0)
        return 1;
    for (int i = 0; i < CHILDREN; i++)
        if (fork() == 0) {
            for (int k = 0; k < BYTES; k++)
                if (write(ends[1], "a", 1) != 1)
                    _exit(9);
            _exit(i);
        }
    for (int i = 0; i < CHILDREN * BYTES; i++)
        if (read(ends[0], &c, 1) != 1)
            return 2;
    for (int i = 0; i < CHILDREN; i++) {
        wait(&status);
        sum += WEXITSTATUS(status);
    }
    close(ends[0]);
    close(ends[1]);
    return sum != CHILDREN * (CHILDREN - 1) / 2;
}
