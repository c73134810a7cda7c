/* mutant: where one child cannot be started, it tries the next
 * expect: WRONG in no_second, message contains "the third one was"
 * belief: M36 every child is a matter of its own
 */
#include "spawn-n.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int spawn_n(int n, int (*child)(int), int *status)
{
    int started = 0;
    pid_t pid[SPAWN_MOST];
    for (int i = 0; i < n; i++) {
        pid[i] = fork();
        if (pid[i] == 0)
            _exit(child(i)); /* the child goes no further */
        started += pid[i] > 0;
    }
    for (int i = 0; i < n; i++) {
        int s;
        if (pid[i] < 0)
            continue;
        while (waitpid(pid[i], &s, 0) < 0)
            ; /* interrupted */
        status[i] = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
    }
    return started == n ? 0 : -1;
}
