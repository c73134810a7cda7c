/* mutant: the child writes its own status
 * expect: WRONG in own_memory, message contains "its own copy"
 * belief: M38 a child process changes its parent's variables */
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
        if (pid[started] == 0) {
            status[started] = child(started);
            _exit(0);
        }
        started++;
    }
    for (int i = 0; i < started; i++) {
        int s;
        while (waitpid(pid[i], &s, 0) < 0)
            ; /* interrupted */
    }
    return started == n ? 0 : -1;
}
