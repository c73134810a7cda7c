/* mutant: does not store where it was
 * expect: WRONG in one, message contains "twice"
 * belief: M41 a function goes on behind its return */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name);
        return co_sleep(l, 3000);
    case 1:
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
