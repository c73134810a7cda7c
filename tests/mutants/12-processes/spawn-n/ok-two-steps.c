/* ok: keeps the raw statuses first, and says what they mean in a second step */
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
        started++;
    }
    int raw[SPAWN_MOST];
    for (int i = 0; i < started; i++)
        while (waitpid(pid[i], &raw[i], 0) != pid[i])
            ;
    for (int i = 0; i < started; i++)
        status[i] = WIFSIGNALED(raw[i]) ? WTERMSIG(raw[i]) + 128 : WEXITSTATUS(raw[i]);
    return started == n ? 0 : -1;
}
