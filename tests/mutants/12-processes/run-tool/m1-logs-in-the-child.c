/* mutant: the child writes into the log that the exec has failed
 * expect: DEADLOCK in others_log, message contains "nobody can give it back"
 * belief: none */
/* Between fork and exec there are only calls to the system. What is to be said is said by the parent. */
#define _GNU_SOURCE
#include "run-tool.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(char *const argv[], int log_fd)
{
    dup2(log_fd, 1);
    dup2(log_fd, 2);
    if (log_fd > 2)
        close(log_fd);
    execv(argv[0], argv);
    log_line("no such program");
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
    return code;
}
