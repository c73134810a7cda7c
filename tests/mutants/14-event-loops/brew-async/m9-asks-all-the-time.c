/* mutant: asks again in every turn
 * expect: SPIN in one
 * belief: M07, M44 to give way is to wait */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name);
        b->until = loop_now(l) + 3000;
        b->at = 1; /* fall through */
    case 1:
        if (loop_now(l) < b->until)
            return co_sleep(l, 0);
        tell_ready(b->name);
    }
    return CO_DONE;
}
