/* mutant: a volatile flag of its own
 * expect: RACE in two
 * belief: M11 volatile makes it safe */
#include "once.h"

static volatile int begun, done;

void once_run(once_t *o, void (*init)(void))
{
    (void)o;
    if (!begun) {
        begun = 1;
        init();
        done = 1;
    }
    while (!done)
        ;
}
