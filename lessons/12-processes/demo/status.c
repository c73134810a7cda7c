/* status: how a child ended, from what waitpid gives. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* region: told */
static void tell(pid_t child)
{
    int status;
    if (waitpid(child, &status, 0) != child)
        return;
    if (WIFEXITED(status))
        printf("exit code %d\n", WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("ended by signal %d\n", WTERMSIG(status));
}
/* endregion */

int main(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(3);
    tell(child);
    child = fork();
    if (child == 0)
        abort();
    tell(child);
    return 0;
}
