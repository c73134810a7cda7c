/* mutant: the child writes out what was printed
 * expect: WRONG in half_a_line, message contains "half a linehalf a line"
 * belief: M38 what stdio has not written yet belongs to the parent alone */
#define _GNU_SOURCE
#include "run-tool.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include <stdio.h>

static void become(char *const argv[], int log_fd)
{
    fflush(stdout);
    dup2(log_fd, 1);
    dup2(log_fd, 2);
    if (log_fd > 2)
        close(log_fd);
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
