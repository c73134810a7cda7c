/* copy: a failure that outlives its run; and what a schedule alone tells. */
#include "engine/explore/explore.h"

#include <string.h>

static char *copy(const char *s) { return s ? xstrdup(s) : NULL; }

static void copy_access(struct trace_access *to, const struct trace_access *from)
{
    *to = *from;
    to->locks = NULL;
    if (!from->lock_count)
        return;
    to->locks = xmalloc(from->lock_count * sizeof *to->locks);
    memcpy(to->locks, from->locks, from->lock_count * sizeof *to->locks);
    for (size_t i = 0; i < from->lock_count; i++)
        to->locks[i].name = copy(from->locks[i].name);
}

void failure_copy(struct trace_failure *to, const struct trace_failure *from)
{
    *to = *from;
    to->detail = copy(from->detail);
    to->right_if = copy(from->right_if);
    to->object.name = copy(from->object.name); /* the engine names only what is the C library's */
    copy_access(&to->race[0], &from->race[0]);
    copy_access(&to->race[1], &from->race[1]);
}

int count_switches(const struct trace_schedule *s)
{
    int n = 0, last = 0;
    for (size_t i = 0; i < s->step_count; i++) {
        n += s->steps[i].tid != last;
        last = s->steps[i].tid;
    }
    return n;
}
