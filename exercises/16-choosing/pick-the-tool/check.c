/* check.c - 24 programs, each with the tool that fits and why; then rules that hold for every profile, tried on a
 * grid of them. */
#include <stddef.h>

#include <lab/check.h>

#include "pick-the-tool.h"

static const char *const tool_name[] = {"keep it simple", "an event loop",       "a thread pool", "a loop and a pool",
                                        "a loop and workers", "threads", "processes"};

static const char *said(enum tool t)
{
    size_t i = (size_t)t;
    return i < sizeof tool_name / sizeof *tool_name ? tool_name[i] : "no tool at all";
}

struct answer {
    int number;
    struct profile p;
    enum tool tool;
    const char *why;
};

/* Under which belief would the choice be right? */
static const char *model(const struct profile *p, enum tool right, enum tool got)
{
    if (right == KEEP_SIMPLE)
        return "M37 if more hands made every program faster: ";
    if (got == EVENT_LOOP)
        return right == THREAD_POOL     ? "M44 if a loop could wait for everything: "
               : right == LOOP_AND_POOL ? "M44 if a call on a loop never kept the others waiting: "
                                        : "M41 if an event loop ran its tasks at the same time: ";
    if (right == EVENT_LOOP && got == THREAD_POOL)
        return "M37 if more threads were always fine: ";
    if (right == LOOP_AND_WORKERS)
        return "M41 if a program either waited or computed: ";
    if (right == PROCESSES && got == THREADS)
        return p->gil ? "M47 if threads that compute ran at the same time under a GIL, too: "
                      : "M08 if a thread that crashes took only itself down: ";
    if (got == PROCESSES)
        return right == THREADS ? "M48: " : "M47 if threads were of no use under a GIL: ";
    return got == LOOP_AND_WORKERS && right == THREADS ? "M03 if a program that computes never waited at all: " : "M00: ";
}

/* One profile fails: "profile 7, a film ... (8 s CPU of 8 s), no GIL: threads; you chose processes" */
static void look(const struct answer *a)
{
    enum tool got = choose(&a->p);
    lab_check(got == a->tool, "%sprofile %d, %s (%g s CPU of %g s), %s: %s; you chose %s", model(&a->p, a->tool, got), a->number, a->p.what,
              a->p.cpu, a->p.wall, a->why, said(a->tool), said(got));
}

#define LOOK(list)                                                                                 \
    for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++)                                     \
        look(&(list)[i])

/* ---- the programs: what | wall, cpu | waits, pollable | blocking_lib, needs_isolation, gil | work_us ---------- */

static const struct answer tiny[] = {
    {1, {"turn 16 characters round", 8, 7, 0, true, false, false, true, 0.1}, KEEP_SIMPLE,
     "a piece takes 0.1 us, handing it over costs more"},
    {2, {"the squares of 1, 2, 3 and 4", 0.00001, 0.00001, 0, true, false, false, true, 2}, KEEP_SIMPLE,
     "tiny work"},
    {3, {"a hello from another process", 0.0001, 0.0001, 1, true, false, true, true, 50}, KEEP_SIMPLE,
     "tiny work"},
    {4, {"a table of 2 MB", 0.04, 0.03, 0, true, false, false, true, 400}, KEEP_SIMPLE, "fast enough as it is"},
};

static const struct answer waiting[] = {
    {5, {"10 000 requests to an API", 1000, 8, 10000, true, false, false, true, 100000}, EVENT_LOOP,
     "very many waits, all pollable"},
    {6, {"5 000 chat connections", 3600, 90, 5000, true, false, false, false, 500}, EVENT_LOOP,
     "very many waits, all pollable"},
    {7, {"long polls of 800 clients", 600, 3, 800, true, false, false, true, 900}, EVENT_LOOP,
     "very many waits, all pollable"},
    {8, {"three downloads of 2 s", 6, 0.1, 3, true, false, false, true, 2000000}, THREAD_POOL,
     "some waits at once"},
    {9, {"scraping 30 sites", 45, 4, 30, true, false, false, true, 1500000}, THREAD_POOL, "some waits at once"},
    {10, {"20 e-mails in the background", 20, 0.4, 20, true, true, false, true, 1000000}, THREAD_POOL,
     "some waits at once, and the mail library blocks"},
    {11, {"500 files to read", 10, 1, 500, false, false, false, true, 20000}, THREAD_POOL,
     "many waits, but files cannot be polled"},
    {12, {"400 queries, a driver of the nineties", 40, 2, 400, false, true, false, false, 100000}, THREAD_POOL,
     "many waits, and none can be polled"},
    {13, {"each new line of one log", 3600, 2, 1, true, false, false, true, 200}, KEEP_SIMPLE,
     "one wait at a time, nothing to overlap"},
    {14, {"the tea's temperature, every 2 s", 3600, 1, 1, true, false, false, true, 2000000}, KEEP_SIMPLE,
     "one wait at a time, nothing to overlap"},
};

static const struct answer blocking[] = {
    {15, {"check_stock among 1 000 orders", 3000, 9, 1000, true, true, false, true, 3000000}, LOOP_AND_POOL,
     "very many waits, and a library that blocks"},
    {16, {"300 servers by a remote tool", 900, 20, 300, true, true, false, true, 3000000}, LOOP_AND_POOL,
     "very many waits, and a library that blocks"},
};

static const struct answer computing[] = {
    {17, {"a film into a smaller file", 8, 8, 0, true, false, false, false, 2000000}, THREADS,
     "it computes, no GIL"},
    {18, {"a simulation of the weather", 600, 590, 0, true, false, false, false, 500000}, THREADS,
     "it computes, no GIL"},
    {19, {"uploaded images", 80, 78, 0, true, false, false, true, 2000000}, PROCESSES, "it computes under a GIL"},
    {20, {"training a model", 900, 890, 0, true, false, false, true, 800000}, PROCESSES,
     "it computes under a GIL"},
    {21, {"three long sums", 1.4, 1.4, 0, true, false, false, true, 400000}, PROCESSES, "it computes under a GIL"},
};

static const struct answer both[] = {
    {22, {"orders that are fetched and then baked", 15, 8, 3, true, false, false, true, 2000000}, LOOP_AND_WORKERS,
     "it waits and it computes"},
    {23, {"a game server for 500 players", 100, 40, 500, true, false, false, false, 5000}, LOOP_AND_WORKERS,
     "it waits and it computes"},
};

static const struct answer isolated[] = {
    {24, {"a plugin that crashes now and then", 30, 29, 0, true, false, true, false, 300000}, PROCESSES,
     "a crash must stay its own"},
};

SCENARIO(simple_first, "programs that need no concurrency", "M37", "16.3")
{
    LOOK(tiny);
}

SCENARIO(programs_that_wait, "programs that wait", "M37, M41", "16.3")
{
    LOOK(waiting);
}

SCENARIO(programs_that_block, "many waits and a library that blocks", "M44", "16.3")
{
    LOOK(blocking);
}

SCENARIO(programs_that_compute, "programs that compute", "M47, M48", "16.3")
{
    LOOK(computing);
}

SCENARIO(both_kinds, "programs that wait and compute", "M41", "16.3")
{
    LOOK(both);
}

SCENARIO(crash_prone, "a part that may crash", "M48", "16.3")
{
    LOOK(isolated);
}

/* ---- rules, for every profile of a grid ----------------------------------------------------------- */

static const double walls[] = {0.05, 0.1, 10}, parts[] = {0, 0.2, 0.5, 0.8, 1, 3.5}, pieces[] = {1, 99, 100, 1e6};
static const int waits[] = {0, 1, 2, 199, 200, 10000};

/* With 10 s the lines are met exactly. With 0.1 s, cpu / wall and WAITS * wall are not rounded alike, and either is a good
 * answer: so a little beside the lines. */
static double cpu_of(double wall, double part)
{
    double beside = part == WAITS ? -0.01 : part == COMPUTES ? 0.01 : 0;
    return wall < 1 ? (part + beside) * wall : part * wall;
}

static void each_flag(struct profile p, void (*rule)(const struct profile *))
{
    for (int bits = 0; bits < 16; bits++) {
        p.pollable = bits & 1;
        p.blocking_lib = bits & 2;
        p.needs_isolation = bits & 4;
        p.gil = bits & 8;
        rule(&p);
    }
}

static void each_wait(struct profile p, void (*rule)(const struct profile *))
{
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        p.waits = waits[i];
        each_flag(p, rule);
    }
}

static void each_profile(void (*rule)(const struct profile *))
{
    for (size_t w = 0; w < sizeof walls / sizeof *walls; w++)
        for (size_t c = 0; c < sizeof parts / sizeof *parts; c++)
            for (size_t u = 0; u < sizeof pieces / sizeof *pieces; u++)
                each_wait((struct profile){.what = "made up", .wall = walls[w], .cpu = cpu_of(walls[w], parts[c]),
                                           .work_us = pieces[u]},
                          rule);
}

static bool too_small(const struct profile *p) { return p->work_us < TINY_US || p->wall < FAST_ENOUGH; }

static void tiny_is_simple(const struct profile *p)
{
    if (too_small(p))
        lab_check(choose(p) == KEEP_SIMPLE, "%g s in pieces of %g us are not worth it: keep it simple; you chose %s",
                  p->wall, p->work_us, said(choose(p)));
}

SCENARIO(tiny_stays_simple, "tiny or fast: always simple", "M37", "16.3")
{
    each_profile(tiny_is_simple);
}

static void isolation_means_processes(const struct profile *p)
{
    if (p->needs_isolation && !too_small(p))
        lab_check(choose(p) == PROCESSES,
                  "%g s in pieces of %g us are worth it, and it needs isolation: threads share all memory, processes do not; you chose %s",
                  p->wall, p->work_us, said(choose(p)));
}

SCENARIO(isolation, "isolation never ends in threads", "M48", "16.3")
{
    each_profile(isolation_means_processes);
}

static void gil_is_for_computing(const struct profile *p)
{
    struct profile without = *p;
    without.gil = false;
    if (p->gil && p->cpu < COMPUTES * p->wall)
        lab_check(choose(p) == choose(&without),
                  "%g s CPU of %g s: it does not only compute, so the GIL changes nothing; you chose %s with it and %s "
                  "without",
                  p->cpu, p->wall, said(choose(p)), said(choose(&without)));
}

SCENARIO(gil_only_for_computing, "the GIL matters to those who compute", "M47", "16.3")
{
    each_profile(gil_is_for_computing);
}

static bool has_loop(enum tool t) { return t == EVENT_LOOP || t == LOOP_AND_POOL; }

static void loop_needs_readiness(const struct profile *p)
{
    if (!p->pollable)
        lab_check(!has_loop(choose(p)), "nothing tells a loop when it is ready, for it cannot be polled; you chose %s",
                  said(choose(p)));
    if (p->blocking_lib)
        lab_check(choose(p) != EVENT_LOOP, "one call of the library blocks the loop and everything in it; you chose %s",
                  said(choose(p)));
}

SCENARIO(loops_need_readiness, "what a loop can wait for", "M44", "16.3")
{
    each_profile(loop_needs_readiness);
}

/* What the lines in the header say, at the lines and between them. */
static void lines_hold(const struct profile *p)
{
    if (too_small(p) || p->needs_isolation)
        return;
    if (p->cpu >= COMPUTES * p->wall)
        lab_check(choose(p) == (p->gil ? PROCESSES : THREADS), "%g s CPU of %g s, %s: it computes; you chose %s", p->cpu,
                  p->wall, p->gil ? "a GIL" : "no GIL", said(choose(p)));
    else if (p->cpu > WAITS * p->wall)
        lab_check(choose(p) == LOOP_AND_WORKERS, "%g s CPU of %g s: it waits and it computes; you chose %s", p->cpu,
                  p->wall, said(choose(p)));
    else if (p->waits <= 1)
        lab_check(choose(p) == KEEP_SIMPLE, "waits that could overlap: %d; so nothing is won; you chose %s", p->waits,
                  said(choose(p)));
    else if (p->waits < MANY_WAITS)
        lab_check(choose(p) == THREAD_POOL, "%d waits at once, MANY_WAITS is %d; you chose %s", p->waits, MANY_WAITS,
                  said(choose(p)));
    else if (p->pollable)
        lab_check(has_loop(choose(p)), "M37 if more threads were always fine: "
                  "%d waits at once that can be polled, MANY_WAITS is %d; you chose %s", p->waits,
                  MANY_WAITS, said(choose(p)));
}

SCENARIO(where_the_lines_are, "at the lines, and between them", "M37", "16.3")
{
    each_profile(lines_hold);
}
