/* ok: sleeps three times */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name); /* fall through */
    case 1:
    case 2:
        b->at++;
        return co_sleep(l, 1000);
    case 3:
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
