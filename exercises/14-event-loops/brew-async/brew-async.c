/* This brews, but as long as one brew waits, the loop waits with it. Make the wait one of the loop's. */
#include "brew-async.h"

#include <lab/lab.h>

int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    // region: arrange
    (void)l;
    tell_brewing(b->name);
    lab_brew(3000);
    tell_ready(b->name);
    return CO_DONE;
    // endregion
}
