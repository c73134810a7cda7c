/* mutant: looks at the clock until it is time
 * expect: BLOCKED in one
 * belief: M44 in a coroutine every call lets the others go on */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0: {
        long until = loop_now(l) + 3000;
        tell_brewing(b->name);
        while (loop_now(l) < until)
            ;
        b->at = 1;
    } /* fall through */
    case 1:
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
