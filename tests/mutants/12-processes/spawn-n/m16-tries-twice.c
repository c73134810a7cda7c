/* mutant: waits a second time after an interruption, and not a third time
 * expect: WRONG in interrupted
 * belief: M40 waitpid comes back only when the child has ended */
#define _GNU_SOURCE
#include "spawn-n.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int spawn_n(int n, int (*child)(int), int *status)
{
    int started = 0;
    pid_t pid[SPAWN_MOST];
    while (started < n && (pid[started] = fork()) >= 0) {
        if (pid[started] == 0)
            _exit(child(started)); /* the child goes no further */
        started++;
    }
    for (int i = 0; i < started; i++) {
        int s;
        if (waitpid(pid[i], &s, 0) < 0)
            waitpid(pid[i], &s, 0); /* interrupted */
        status[i] = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
    }
    return started == n ? 0 : -1;
}
