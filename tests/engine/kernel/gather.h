/* gather: done once, after all or at the first error. WRONG 1: nothing to wait for is never done; 2: done at each one. */
#include <lab/check.h>
#include <lab/loop.h>

#ifndef WRONG
#define WRONG 0
#endif

struct job {
    int ms, error, at;
    struct gather *in;
};
struct gather {
    int left, told;
    void (*done)(int error);
};

static void finished(struct gather *g, int error)
{
    g->left--;
    if (WRONG != 2 && (g->told || (g->left && !error)))
        return;
    g->told = 1;
    g->done(error);
}

static int job_step(loop_t *l, void *co)
{
    struct job *j = co;
    if (j->at++ == 0)
        return co_sleep(l, j->ms);
    finished(j->in, j->error);
    return CO_DONE;
}

static void loop_gather(loop_t *l, struct gather *g, struct job *jobs, int n, void (*done)(int))
{
    *g = (struct gather){n, 0, done};
    for (int i = 0; i < n; i++) {
        jobs[i].in = g;
        loop_spawn(l, job_step, &jobs[i]);
    }
    if (n == 0 && WRONG != 1)
        done(0);
}

static int calls, told_error;
static long told_at;
static void done(int error)
{
    calls++;
    told_error = error;
    told_at = lab_now_ms();
}

SCENARIO(three, "delays of 3, 1 and 2 s", "M35", "14.8")
{
    loop_t *l = loop_new();
    struct gather g;
    struct job jobs[3] = {{.ms = 3000}, {.ms = 1000}, {.ms = 2000}};
    loop_gather(l, &g, jobs, 3, done);
    loop_run(l);
    loop_free(l);
    lab_check(calls == 1 && told_error == 0, "done was called %d times", calls);
    lab_check(!lab_ideal_clock() || told_at == 3000, "done came at %ld ms", told_at);
}

SCENARIO(one_fails, "the second fails at 1 s, the others go on", "M35", "14.8")
{
    loop_t *l = loop_new();
    struct gather g;
    struct job jobs[3] = {{.ms = 3000}, {.ms = 1000, .error = 5}, {.ms = 2000}};
    loop_gather(l, &g, jobs, 3, done);
    loop_run(l);
    loop_free(l);
    lab_check(calls == 1 && told_error == 5, "done was called %d times, with %d", calls, told_error);
    lab_check(!lab_ideal_clock() || (told_at == 1000 && lab_now_ms() == 3000), "done came at %ld ms", told_at);
}

SCENARIO(none, "nothing to wait for", "M36", "14.8")
{
    loop_t *l = loop_new();
    struct gather g;
    loop_gather(l, &g, NULL, 0, done);
    loop_run(l);
    loop_free(l);
    lab_check(calls == 1, "done was called %d times", calls);
}
