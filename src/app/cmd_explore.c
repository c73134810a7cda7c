/* explore: any C program with threads and a main(), under all its interleavings. */
#include "app/cmd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BOUND = 1000, MAX_WORKERS = 64 };

struct exploring {
    const char *races, *memory, *strategy, *clock;
    long preemptions, runs, spurious, seed, workers;
    double seconds;
    struct opt_list defines;
    bool count, json;
};

static bool set_races(const struct exploring *x, struct judge_options *o, struct err *e)
{
    if (!x->races || strcmp(x->races, "report") == 0)
        o->races = RACES_REPORT;
    else if (strcmp(x->races, "ignore") == 0)
        o->races = RACES_IGNORE;
    else
        return err_set(e, EINVAL, "--races is report or ignore, not '%s'", x->races);
    return true;
}

static const struct {
    const char *name;
    enum strategy strategy;
} strategies[] = {
    {"auto", STRATEGY_AUTO},     {"dpor", STRATEGY_DPOR}, {"states", STRATEGY_STATES},
    {"dfs", STRATEGY_DFS},       {"pct", STRATEGY_PCT},   {"surw", STRATEGY_SURW},
    {"random", STRATEGY_RANDOM},
};

static bool set_strategy(const struct exploring *x, struct judge_options *o, struct err *e)
{
    for (size_t i = 0; x->strategy && i < sizeof strategies / sizeof *strategies; i++)
        if (strcmp(x->strategy, strategies[i].name) == 0) {
            o->strategy = strategies[i].strategy;
            return true;
        }
    return !x->strategy ||
           err_set(e, EINVAL,
                   "there is no strategy '%s'; there are auto, dpor, states, dfs, random, pct and surw",
                   x->strategy);
}

/* A bound on preemptions is only right where every schedule below it is made; a count where each is
 * made once. */
static bool check_strategy(const struct exploring *x, const struct judge_options *o, struct err *e)
{
    bool listed = o->strategy == STRATEGY_AUTO || o->strategy == STRATEGY_DFS;
    if (x->preemptions >= 0 && !listed)
        return err_set(e, EINVAL, "--preemptions goes with --strategy auto or dfs, not with %s",
                       x->strategy);
    if (x->count && !listed && o->strategy != STRATEGY_DPOR)
        return err_set(e, EINVAL, "--count goes with --strategy auto, dpor or dfs, not with %s",
                       x->strategy);
    return true;
}

static bool set_clock(const struct exploring *x, struct judge_options *o, struct err *e)
{
    if (!x->clock)
        return true;
    if (strcmp(x->clock, "ideal") != 0 && strcmp(x->clock, "hostile") != 0)
        return err_set(e, EINVAL, "--clock is ideal or hostile, not '%s'", x->clock);
    o->clock = *x->clock == 'h';
    return true;
}

static bool check_memory(const struct exploring *x, struct err *e)
{
    if (!x->memory || strcmp(x->memory, "sc") == 0)
        return true;
    if (strcmp(x->memory, "c11") == 0)
        return err_set(e, ENOTSUP,
                       "--memory=c11 is not supported yet: atomics behave as if all were seq_cst");
    return err_set(e, EINVAL, "--memory is sc or c11, not '%s'", x->memory);
}

static bool in_range(const char *name, long value, long least, long most, struct err *e)
{
    return (value >= least && value <= most) ||
           err_set(e, ERANGE, "--%s takes a number from %ld to %ld, not %ld", name, least, most, value);
}

static bool set_numbers(const struct exploring *x, struct judge_options *o, struct err *e)
{
    if (x->runs == 0)
        return err_set(e, EINVAL, "--runs takes a number above 0");
    if (!in_range("preemptions", x->preemptions, -1, MAX_BOUND, e) ||
        !in_range("spurious", x->spurious, -1, MAX_BOUND, e) ||
        !in_range("workers", x->workers, 1, MAX_WORKERS, e))
        return false;
    o->runs = x->runs > 0 ? (uint64_t)x->runs : 0;
    o->seed = (uint64_t)x->seed;
    o->workers = (int)x->workers;
    o->preemptions = (int)x->preemptions;
    o->spurious = (int)x->spurious;
    o->seconds = x->seconds;
    o->count = x->count;
    return true;
}

static bool to_options(const struct exploring *x, struct judge_options *o, struct err *e)
{
    judge_options_init(o);
    return set_races(x, o, e) && set_strategy(x, o, e) && set_clock(x, o, e) &&
           check_memory(x, e) && set_numbers(x, o, e) && check_strategy(x, o, e);
}

/* -DX=Y for each --define, then what came after "--". The -D strings are the caller's to free. */
static size_t collect_flags(const struct exploring *x, const struct args *a, const char **flags,
                            size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < x->defines.count && n < most; i++)
        flags[n++] = xasprintf("-D%s", x->defines.items[i]);
    for (size_t i = 0; i < a->rest_count && n < most; i++)
        flags[n++] = a->rest[i];
    return n;
}

static int explore(struct app *app, const struct exploring *x, const struct args *a,
                   struct judge_options *o)
{
    const char *flags[60];
    if (a->rest_count + x->defines.count > 60)
        return cmd_trouble(a->items[0], x->json, "explore: too many compiler flags");
    o->cflag_count = collect_flags(x, a, flags, 60);
    o->cflags = flags;
    int status = cmd_judge(app, NULL, a->items[0], a->items[0], o, x->json, NULL);
    for (size_t i = 0; i < x->defines.count; i++)
        free((char *)flags[i]);
    return status;
}

int cmd_explore(struct app *app, int argc, char **argv)
{
    struct exploring x = {.preemptions = -1,
                          .runs = -1,
                          .spurious = -1,
                          .workers = 1,
                          .json = opt_wants_json(argc, argv)};
    const struct opt opts[] = {
        {"races", OPT_TEXT, &x.races},
        {"memory", OPT_TEXT, &x.memory},
        {"strategy", OPT_TEXT, &x.strategy},
        {"clock", OPT_TEXT, &x.clock},
        {"preemptions", OPT_NUMBER, &x.preemptions},
        {"runs", OPT_NUMBER, &x.runs},
        {"spurious", OPT_NUMBER, &x.spurious},
        {"seed", OPT_NUMBER, &x.seed},
        {"workers", OPT_NUMBER, &x.workers},
        {"seconds", OPT_SECONDS, &x.seconds},
        {"define", OPT_LIST, &x.defines},
        {"count", OPT_FLAG, &x.count},
        {"json", OPT_FLAG, &x.json},
    };
    struct args a;
    struct judge_options o;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, sizeof opts / sizeof *opts, 1, 1, &a, &e))
        return x.json ? cmd_trouble("", true, "explore: %s", e.msg) : opt_fail("explore", &e);
    if (!to_options(&x, &o, &e))
        return cmd_trouble(a.items[0], x.json, "explore: %s", e.msg);
    if (!str_ends(a.items[0], ".c") && !path_is_dir(a.items[0]))
        return cmd_trouble(a.items[0], x.json,
                           "explore: '%s' is not a C file (its name does not end in .c)",
                           a.items[0]);
    return explore(app, &x, &a, &o);
}
