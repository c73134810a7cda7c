/* mutant: says that it waits, but not for what
 * expect: DEADLOCK in one
 * belief: none */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name);
        b->at = 1;
        return CO_WAIT;
    case 1:
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
