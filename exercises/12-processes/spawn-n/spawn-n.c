/* All the work is done in this process, one piece after the other. Give each piece a process of its own. */
#define _GNU_SOURCE
#include "spawn-n.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int spawn_n(int n, int (*child)(int), int *status)
{
    int started = 0;
    // region: arrange
    for (; started < n; started++)
        status[started] = child(started); /* no new kitchen yet: in this one */
    // endregion
    return started == n ? 0 : -1;
}
