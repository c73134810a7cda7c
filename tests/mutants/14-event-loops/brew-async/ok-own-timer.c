/* ok: waits for a timer of its own */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

#include <sys/timerfd.h>
#include <unistd.h>

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0: {
        struct itimerspec once = {.it_value = {3, 0}};
        tell_brewing(b->name);
        b->at = timerfd_create(CLOCK_MONOTONIC, 0);
        timerfd_settime(b->at, 0, &once, NULL);
        return co_wait_fd(l, b->at, POLLIN);
    }
    default:
        close(b->at);
        tell_ready(b->name);
    }
    return CO_DONE;
}
