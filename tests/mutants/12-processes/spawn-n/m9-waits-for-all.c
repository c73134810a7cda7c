/* mutant: waits for any child, and looks whose it is
 * expect: WRONG in a_child_of_my_own, message contains "waited for by somebody else"
 * belief: M08 wait knows which children I mean */
/* Two loops: all are started before the first is waited for. */
#define _GNU_SOURCE
#include "spawn-n.h"

#include <errno.h>
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
    for (int left = started; left > 0;) {
        int s;
        pid_t who = wait(&s);
        if (who < 0 && errno == ECHILD)
            break;
        for (int i = 0; i < started; i++)
            if (pid[i] == who) {
                status[i] = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
                left--;
            }
    }
    return started == n ? 0 : -1;
}
