/* explore: any C program with threads and a main(), under all its interleavings. */
#include "app/cmd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

static bool set_strategy(const struct exploring *x, struct judge_options *o, struct err *e)
{
    static const char *const later[] = {"states", "random", "pct", "surw"};
    if (!x->strategy || strcmp(x->strategy, "auto") == 0)
        return true;
    if (strcmp(x->strategy, "dfs") == 0 || strcmp(x->strategy, "dpor") == 0) {
        o->strategy = x->strategy[1] == 'f' ? STRATEGY_DFS : STRATEGY_DPOR;
        return true;
    }
    if (strcmp(x->strategy, "dpor") == 0) {
        o->strategy = STRATEGY_DPOR;
        return true;
    }
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (strcmp(x->strategy, later[i]) == 0)
            return err_set(e, ENOTSUP,
                           "--strategy %s is not supported yet; there are auto, dpor and dfs",
                           x->strategy);
    return err_set(e, EINVAL, "there is no strategy '%s'; there are auto, dpor and dfs",
                   x->strategy);
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

static bool set_numbers(const struct exploring *x, struct judge_options *o, struct err *e)
{
    if (x->workers != 1)
        return err_set(e, ENOTSUP, "--workers %ld is not supported yet; there is one worker",
                       x->workers);
    if (x->runs == 0)
        return err_set(e, EINVAL, "--runs takes a number above 0");
    o->runs = x->runs > 0 ? (uint64_t)x->runs : 0;
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
           check_memory(x, e) && set_numbers(x, o, e);
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
