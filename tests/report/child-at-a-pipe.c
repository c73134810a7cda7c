/* The child reads to the end, and its parent waits for it with the write end open. */
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char c;
    if (pipe(ends) != 0)
        return 1;
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        while (read(ends[0], &c, 1) > 0)
            ;
        _exit(0);
    }
    close(ends[0]);
    waitpid(child, NULL, 0);
    close(ends[1]);
    return 0;
}
