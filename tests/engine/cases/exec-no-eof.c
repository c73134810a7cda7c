// expect: deadlock deadlock_wait
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2];
    pipe(p);
    pid_t child = fork();
    if (child == 0) {
        void *kept = malloc(10); /* gone with the memory: no leak */
        dup2(p[0], 0);
        close(p[0]);
        if (kept)
            execlp("cat", "cat", (char *)NULL); /* and p[1] is still open in it */
        _exit(127);
    }
    close(p[0]);
    close(p[1]);
    waitpid(child, NULL, 0);
    return 0;
}
