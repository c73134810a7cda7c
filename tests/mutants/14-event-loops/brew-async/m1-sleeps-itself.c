/* mutant: waits with nanosleep
 * expect: BLOCKED in one, message contains "stood still for 3000 ms"
 * belief: M44 in a coroutine every call lets the others go on */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

#include <time.h>

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name);
        nanosleep(&(struct timespec){3, 0}, NULL);
        b->at = 1; /* fall through */
    case 1:
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
