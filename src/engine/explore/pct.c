/* pct: random schedules for programs that are too large for all of them.
 *
 * Probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized
 * scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010. Threads get random
 * priorities; the highest that can run, runs; at DEPTH - 1 random decisions the running thread
 * drops below all others. A bug that needs d such points is found in a run with probability of at
 * least 1 / (n * k^(d-1)) for n threads and k decisions. The generator's seed is fixed, so
 * the same file meets the same schedules everywhere.
 */
#include "engine/explore/explore.h"

#include <stdlib.h>

#define DEPTH 3

static uint64_t state;
static int priority[MAX_THREADS], lowest;
static int change[DEPTH - 1];
static int longest; /* decisions of the longest run so far: where change points fall */
static int drawn;   /* threads that have a priority in this run */
static struct trace_step *path;
static size_t count, cap;
static int limit, runs;

static uint32_t next_random(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33);
}

static void begin_run(void)
{
    count = 0;
    drawn = lowest = 0;
    for (int i = 0; i < DEPTH - 1; i++)
        change[i] = (int)(next_random() % (uint32_t)(longest + 1));
}

static void pct_begin(int run_limit)
{
    state = 1;
    longest = 20;
    limit = run_limit;
    runs = 0;
    begin_run();
}

static void draw_priorities(void)
{
    for (; drawn < engine.run.thread_count; drawn++)
        priority[drawn] = 1 + (int)(next_random() % 1000000);
}

static void maybe_drop(void)
{
    for (int i = 0; i < DEPTH - 1; i++)
        if (change[i] == (int)count && engine.run.last_tid >= 0)
            priority[engine.run.last_tid] = --lowest;
}

static int best_of(const struct trace_choice *choices, int n)
{
    int best = -1;
    for (int i = 0; i < n; i++) {
        bool odd = choices[i].variant == CHOICE_SPURIOUS || choices[i].variant == CHOICE_EARLY;
        if (odd && next_random() % 8 != 0 && (best >= 0 || i + 1 < n))
            continue; /* odd events now and then */
        if (best < 0 || priority[choices[i].tid] > priority[choices[best].tid])
            best = i;
    }
    return best < 0 ? 0 : best;
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    (void)costs;
    draw_priorities();
    maybe_drop();
    if (engine.run.last_tid >= 0 && engine.threads[engine.run.last_tid].yielded)
        priority[engine.run.last_tid] = --lowest; /* it gave its turn away */
    int i = best_of(choices, n);
    int tid = choices[i].tid, same = 0;
    for (int k = i + 1; k < n && choices[k].tid == tid; k++)
        same++;
    i += (int)(next_random() % (uint32_t)(same + 1)); /* which waiter a signal wakes */
    ARRAY_GROW(path, count, cap);
    path[count++] = (struct trace_step){(uint8_t)choices[i].tid, (uint8_t)choices[i].variant};
    return i;
}

static const struct chooser strategy_pct = {"pct", pick, NULL};

static bool pct_next(void)
{
    if ((int)count > longest)
        longest = (int)count;
    begin_run();
    return ++runs < limit;
}

static void pct_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < count; i++)
        trace_schedule_push(out, path[i].tid, path[i].variant);
}

static bool always_bounded(void) { return true; }
static bool never(void) { return false; }
const struct search_order order_pct = {&strategy_pct, pct_begin, pct_next, pct_path, always_bounded, never};
