/* mutant: one name for all
 * expect: WRONG in three, message contains "Ginger"
 * belief: M42 every call has its own static variables */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    static const char *name;
    switch (b->at) {
    case 0:
        name = b->name;
        tell_brewing(name);
        b->at = 1;
        return co_sleep(l, 3000);
    case 1:
        tell_ready(name);
        b->at = 2;
    }
    return CO_DONE;
}
