/* follow: a strategy that repeats given decisions. */
#include "engine/explore/explore.h"

static const struct trace_step *steps;
static size_t count, at;
static int64_t stop;
struct follow_report follow;

void follow_begin(const struct trace_step *given, size_t n, int64_t stop_after)
{
    steps = given;
    count = n;
    at = 0;
    stop = stop_after;
    follow = (struct follow_report){false, NULL};
}

static int diverge(const char *why)
{
    follow.diverged = true;
    follow.why = why;
    return -1;
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    if (stop >= 0 && at == (size_t)stop)
        return -1;
    if (at >= count) { /* by default: keep running, else the lowest thread, nothing odd if possible */
        int best = 0;
        for (int i = 1; i < n; i++)
            if (costs[i] < costs[best])
                best = i;
        return best;
    }
    struct trace_step s = steps[at++];
    for (int i = 0; i < n; i++)
        if (choices[i].tid == s.tid && choices[i].variant == s.variant)
            return i;
    return diverge(s.tid >= engine.run.thread_count ? "the schedule names a thread that does not exist yet"
                                                    : "the schedule wants a thread to act that cannot");
}

const struct chooser strategy_follow = {"follow", pick, NULL};
