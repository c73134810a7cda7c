/* mutant: redirects itself for a moment, and lets the child inherit that
 * expect: WRONG in others_print, message contains "one tea"
 * belief: M38 descriptors belong to a thread
 */
#include "run-tool.h"

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(char *const argv[], int log_fd)
{
    if (log_fd > 2)
        close(log_fd);
    execv(argv[0], argv);
    _exit(127);
}

int run_tool(char *const argv[], int log_fd)
{
    int status;
    int screen[2] = {fcntl(1, F_DUPFD_CLOEXEC, 3), fcntl(2, F_DUPFD_CLOEXEC, 3)};
    dup2(log_fd, 1);
    dup2(log_fd, 2);
    pid_t child = fork();
    if (child == 0)
        become(argv, log_fd);
    for (int i = 0; i < 2; i++) {
        dup2(screen[i], i + 1);
        close(screen[i]);
    }
    if (child < 0)
        return -1;
    while (waitpid(child, &status, 0) < 0)
        ; /* interrupted */
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code == 127)
        log_line("no such program");
    return code;
}
