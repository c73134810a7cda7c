/* ok: a close-on-exec pipe tells the parent whether the exec has failed */
/* Between fork and exec there are only calls to the system. What is to be said is said by the parent. */
#define _GNU_SOURCE
#include "run-tool.h"

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(char *const argv[], int log_fd, int news)
{
    dup2(log_fd, 1);
    dup2(log_fd, 2);
    if (log_fd > 2)
        close(log_fd);
    execv(argv[0], argv);
    while (write(news, "!", 1) < 0)
        ; /* interrupted */
    _exit(127);
}

int run_tool(char *const argv[], int log_fd)
{
    int status, news[2];
    char byte;
    if (pipe2(news, O_CLOEXEC) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0)
        become(argv, log_fd, news[1]);
    close(news[1]);
    ssize_t got;
    while ((got = read(news[0], &byte, 1)) < 0)
        ; /* interrupted */
    close(news[0]);
    if (child < 0)
        return -1;
    while (waitpid(child, &status, 0) < 0)
        ; /* interrupted */
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (got == 1)
        log_line("no such program");
    return code;
}
