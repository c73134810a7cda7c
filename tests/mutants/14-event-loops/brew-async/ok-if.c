/* ok: if instead of switch */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    if (b->at++ == 0) {
        tell_brewing(b->name);
        return co_sleep(l, 3000);
    }
    tell_ready(b->name);
    return CO_DONE;
}
