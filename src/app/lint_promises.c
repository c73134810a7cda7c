/* lint_promises: lessons/coverage.txt says what the course promises; which of it does no step teach
 * yet? Only the seed items are promises; the careful items correct sentences in them. (That a step
 * and the file contradict each other is found by the static half.)
 */
#include "app/lint.h"

void lint_promises(struct lint *l)
{
    for (size_t i = 0; i < l->course->coverage_count; i++) {
        const struct coverage *row = &l->course->coverage[i];
        if (*row->item != 'S')
            continue;
        l->items++;
        if (row->taught)
            continue;
        ARRAY_GROW(l->missing, l->missing_count, l->missing_cap);
        l->missing[l->missing_count++] = xstrdup(row->item);
    }
}
