/* mutant: says that it is done while it waits
 * expect: WRONG in one, message contains "never"
 * belief: M42 a wait that was started will come back by itself */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        tell_brewing(b->name);
        b->at = 1;
        co_sleep(l, 3000);
        return CO_DONE;
    case 1:
        tell_ready(b->name);
        b->at = 2;
    }
    return CO_DONE;
}
