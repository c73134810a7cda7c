/* loose: a strategy that follows wishes as far as they can be granted. Of the given steps the first one
 * that is possible now is taken; where none is, the run goes on by default. What was really
 * done is written down, so that it can be followed exactly.
 */
#include "engine/explore/loose.h"

#include <stdlib.h>
#include <string.h>

static struct trace_step *wish, *path;
static size_t wish_count, wish_cap, first, path_count, path_cap;

void loose_begin(const struct trace_step *steps, size_t n)
{
    wish_count = first = path_count = 0;
    for (size_t i = 0; i < n; i++) {
        ARRAY_GROW(wish, wish_count, wish_cap);
        wish[wish_count++] = steps[i];
    }
}

static int possible(const struct trace_choice *choices, int n, struct trace_step s)
{
    for (int i = 0; i < n; i++)
        if (choices[i].tid == s.tid && choices[i].variant == s.variant)
            return i;
    return -1;
}

/* The wish is granted: those before it stay, to be asked for again. */
static void remove_wish(size_t at)
{
    memmove(&wish[first + 1], &wish[first], (at - first) * sizeof *wish);
    first++;
}

static int by_default(const uint8_t *costs, int n)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (costs[i] < costs[best])
            best = i;
    return best;
}

static int granted(const struct trace_choice *choices, int n)
{
    for (size_t i = first; i < wish_count; i++) {
        int at = possible(choices, n, wish[i]);
        if (at >= 0) {
            remove_wish(i);
            return at;
        }
    }
    return -1;
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    int best = granted(choices, n);
    if (best < 0)
        best = by_default(costs, n);
    ARRAY_GROW(path, path_count, path_cap);
    path[path_count++] = (struct trace_step){(uint8_t)choices[best].tid, (uint8_t)choices[best].variant};
    return best;
}

const struct chooser strategy_loose = {"loose", pick, NULL};

void loose_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < path_count; i++)
        trace_schedule_push(out, path[i].tid, path[i].variant);
}
