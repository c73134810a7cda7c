/* mutant: the child closes 3 to 9, and log_fd may be more
 * expect: LEAK in reads
 * belief: M08 a new program begins without descriptors */
#define _GNU_SOURCE
#include "run-tool.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(char *const argv[], int log_fd)
{
    dup2(log_fd, 1);
    dup2(log_fd, 2);
    for (int i = 3; i < 10; i++)
        close(i);
    execv(argv[0], argv);
    _exit(127);
}

int run_tool(char *const argv[], int log_fd)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return -1;
    if (child == 0)
        become(argv, log_fd);
    while (waitpid(child, &status, 0) < 0)
        ; /* interrupted */
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code == 127)
        log_line("no such program");
    return code;
}
