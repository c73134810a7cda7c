/* mutant: waits for each child before the next is started
 * expect: SERIAL in all_at_once, message contains "900 ms"
 * belief: M02 a process of its own is enough to run at the same time */
/* Two loops: all are started before the first is waited for. */
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
        int s;
        while (waitpid(pid[started], &s, 0) < 0)
            ;
        status[started] = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
        started++;
    }
    return started == n ? 0 : -1;
}
