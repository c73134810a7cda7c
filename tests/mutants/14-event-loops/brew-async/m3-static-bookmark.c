/* mutant: one bookmark for all
 * expect: WRONG in three, message contains "that another brew had moved"
 * belief: M42 every call has its own static variables */
/* The bookmark says where it goes on; what must survive the wait is in the struct. */
#include "brew-async.h"

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    static int at;
    switch (at) {
    case 0:
        tell_brewing(b->name);
        at = 1;
        return co_sleep(l, 3000);
    case 1:
        tell_ready(b->name);
        at = 2;
    }
    return CO_DONE;
}
