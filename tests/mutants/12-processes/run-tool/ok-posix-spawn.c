/* ok: posix_spawn does the fork, what the child has to do, and the exec */
#define _GNU_SOURCE
#include "run-tool.h"
#include <errno.h>
#include <spawn.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int run_tool(char *const argv[], int log_fd)
{
    posix_spawn_file_actions_t fa;
    pid_t child;
    int s;
    posix_spawn_file_actions_init(&fa);
    posix_spawn_file_actions_adddup2(&fa, log_fd, 1);
    posix_spawn_file_actions_adddup2(&fa, log_fd, 2);
    if (log_fd > 2)
        posix_spawn_file_actions_addclose(&fa, log_fd);
    int r = posix_spawn(&child, argv[0], &fa, NULL, argv, NULL);
    posix_spawn_file_actions_destroy(&fa);
    if (r == ENOENT) {
        log_line("no such program");
        return 127;
    }
    if (r != 0)
        return -1;
    while (waitpid(child, &s, 0) < 0)
        ;
    return WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
}
