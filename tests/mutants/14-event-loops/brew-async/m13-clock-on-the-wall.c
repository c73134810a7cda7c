/* mutant: waits until the clock on the wall says so
 * expect: SERIAL in clock_is_set
 * belief: M08 the clock on the wall is never set */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name);
        b->at = 1;
        b->until = (long)time(NULL) + 3;
        return co_sleep(l, 1000);
    case 1:
        if (time(NULL) < b->until) return co_sleep(l, 1000);
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
