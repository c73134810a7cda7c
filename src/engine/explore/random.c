/* random: see random.h. Also the plain random walk: at each step anybody who can act, all alike. */
#include "engine/explore/random.h"

#define ODD_ONE_IN 8

static uint64_t seed, state;
static const struct dice *dice; /* NULL: the plain walk */
static struct trace_step *path;
static size_t count, cap;
static int limit, run;

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

uint32_t random_below(uint32_t n)
{
    state += UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)((mixed(state) >> 32) * n >> 32);
}

int random_depth(void) { return (int)count; }

void random_seed(uint64_t s) { seed = s; }

bool random_admits(const struct trace_choice *choices, int n, int i)
{
    bool others = false;
    for (int k = 0; k < n && !others; k++)
        others = !choice_is_odd(&choices[k]);
    return !others || !choice_is_odd(&choices[i]) || random_below(ODD_ONE_IN) == 0;
}

int random_anybody(const struct trace_choice *choices, int n)
{
    int i;
    do
        i = (int)random_below((uint32_t)n);
    while (!random_admits(choices, n, i));
    return i;
}

static bool learning(void) { return run < PROFILE_RUNS; }

static void begin_run(void)
{
    count = 0;
    state = mixed(seed + UINT64_C(0x632be59bd9b4e019) * (uint64_t)(run + 1));
    if (dice && !learning())
        dice->begin_run();
}

static void begin(const struct dice *d, int run_limit)
{
    dice = d;
    limit = run_limit;
    run = 0;
    if (d)
        d->begin();
    begin_run();
}

static int pick(const struct trace_choice *choices, const uint8_t *costs, int n)
{
    (void)costs;
    int i = dice && !learning() ? dice->pick(choices, n) : random_anybody(choices, n);
    if (dice && learning())
        dice->learn(&choices[i]);
    ARRAY_GROW(path, count, cap);
    path[count++] = (struct trace_step){(uint8_t)choices[i].tid, (uint8_t)choices[i].variant};
    return i;
}

static bool next(void)
{
    if (dice && learning())
        dice->learn_run();
    run++;
    begin_run();
    return run < limit;
}

static void take_path(struct trace_schedule *out)
{
    for (size_t i = 0; i < count; i++)
        trace_schedule_push(out, path[i].tid, path[i].variant);
}

static void begin_walk(int run_limit) { begin(NULL, run_limit); }
static void begin_pct(int run_limit) { begin(&dice_pct, run_limit); }
static void begin_surw(int run_limit) { begin(&dice_surw, run_limit); }
static bool always_bounded(void) { return true; }
static bool never(void) { return false; }

static const struct chooser walk = {"random", pick, NULL}, pct = {"pct", pick, NULL}, surw = {"surw", pick, NULL};
const struct search_order order_walk = {&walk, begin_walk, next, take_path, always_bounded, never};
const struct search_order order_pct = {&pct, begin_pct, next, take_path, always_bounded, never};
const struct search_order order_surw = {&surw, begin_surw, next, take_path, always_bounded, never};
