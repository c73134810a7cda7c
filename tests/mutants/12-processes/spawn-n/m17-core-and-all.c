/* mutant: takes the mark of a core for a part of the signal
 * expect: WRONG in one_aborts, message contains "it is 262"
 * belief: M36 every process ends with an exit code */
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
        while (waitpid(pid[i], &s, 0) < 0)
            ; /* interrupted */
        status[i] = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + (s & 0xff);
    }
    return started == n ? 0 : -1;
}
