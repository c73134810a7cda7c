/* pct: random priorities.
 *
 * Probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized
 * scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010. Threads get random
 * priorities; the highest that can run, runs; at DEPTH - 1 random decisions the running thread
 * drops below all others. A bug that needs d such points is found in a run with probability of at
 * least 1 / (n * k^(d-1)) for n threads and k decisions.
 */
#include "engine/explore/random.h"

#define DEPTH 3

static int priority[MAX_THREADS], lowest;
static int change[DEPTH - 1];
static int longest; /* decisions of the longest run learnt from: where change points fall */
static int drawn;   /* threads that have a priority in this run */

static void begin(void) { longest = 1; }

static void learn(const struct trace_choice *chosen)
{
    (void)chosen;
    if (random_depth() + 1 > longest)
        longest = random_depth() + 1;
}

static void learn_run(void) {}

static void begin_run(void)
{
    drawn = lowest = 0;
    for (int i = 0; i < DEPTH - 1; i++)
        change[i] = (int)random_below((uint32_t)longest + 1);
}

static void draw_priorities(void)
{
    for (; drawn < engine.run.thread_count; drawn++)
        priority[drawn] = 1 + (int)random_below(1000000);
}

static void drop_last(void)
{
    if (engine.run.last_tid >= 0)
        priority[engine.run.last_tid] = --lowest;
}

static void maybe_drop(void)
{
    for (int i = 0; i < DEPTH - 1; i++)
        if (change[i] == random_depth())
            drop_last();
    if (engine.run.last_tid >= 0 && engine.threads[engine.run.last_tid].yielded)
        drop_last(); /* it gave its turn away */
}

static int best_of(const struct trace_choice *choices, int n)
{
    int best = -1;
    for (int i = 0; i < n; i++)
        if ((best < 0 || priority[choices[i].tid] > priority[choices[best].tid]) && random_admits(choices, n, i))
            best = i;
    return best < 0 ? 0 : best;
}

static int pick(const struct trace_choice *choices, int n)
{
    draw_priorities();
    maybe_drop();
    int i = best_of(choices, n);
    int tid = choices[i].tid, same = 0;
    for (int k = i + 1; k < n && choices[k].tid == tid && choices[k].variant >= CHOICE_WAKES; k++)
        same++;
    return i + (int)random_below((uint32_t)same + 1); /* which waiter a signal wakes */
}

const struct dice dice_pct = {begin, begin_run, learn, learn_run, pick};
