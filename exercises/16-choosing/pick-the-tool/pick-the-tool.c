/* The flowchart as code. This answer has heard that threads make programs fast. */
#include "pick-the-tool.h"

enum tool choose(const struct profile *p)
{
    // region: arrange
    if (p->waits > 0)
        return EVENT_LOOP;
    return THREADS;
    // endregion
}
