/* surw: every order of the steps that matter, all alike.
 *
 * Selectively uniform random walk: Zhao, Wolff, Mathur, Roychoudhury, "Selectively uniform
 * concurrency testing", ASPLOS 2025. A walk that gives every thread the same chance at each
 * step favours orders in which long threads come last. Here a thread's chance is the number of
 * steps it still has, those of threads it has yet to create included, and then each
 * interleaving is as likely as any other. Done for all steps of a large program that is hopeless,
 * so each run selects: one object that several threads use (or, now and then, all steps). The
 * thread that touches it next is drawn by weight and all others are held back from it;
 * steps on anything else are drawn as they come. How many steps a thread has is learnt from
 * the first runs.
 */
#include "engine/explore/random.h"

#include <string.h>

#define OBJECTS 64 /* kept apart; what comes later counts only as a step */
#define EVERYTHING (-1)

static struct {
    const void *addr;
    int uses[MAX_THREADS];
} objects[OBJECTS];
static int object_count;
static int steps[MAX_THREADS], creator[MAX_THREADS], threads; /* learnt; steps on anything */
static int now_uses[OBJECTS][MAX_THREADS], now_steps[MAX_THREADS]; /* in the run that is going on */

static int target;   /* index of the selected object, or EVERYTHING */
static int left[MAX_THREADS], intended;

static void begin(void)
{
    object_count = threads = 0;
    memset(objects, 0, sizeof objects);
    memset(steps, 0, sizeof steps);
    memset(now_uses, 0, sizeof now_uses);
    memset(now_steps, 0, sizeof now_steps);
}

static int object_index(const void *addr)
{
    for (int i = 0; i < object_count; i++)
        if (objects[i].addr == addr)
            return i;
    return -1;
}

static void learn(const struct trace_choice *chosen)
{
    const void *addr = engine.threads[chosen->tid].op.object;
    int i = addr ? object_index(addr) : -1;
    if (addr && i < 0 && object_count < OBJECTS)
        objects[i = object_count++].addr = addr;
    if (i >= 0)
        now_uses[i][chosen->tid]++;
    now_steps[chosen->tid]++;
}

/* What is kept is the most that was seen: a weight that ends too early would leave orders out. */
static void learn_run(void)
{
    for (int t = 0; t < engine.run.thread_count; t++) {
        creator[t] = engine.threads[t].created_by;
        for (int i = 0; i < object_count; i++)
            if (now_uses[i][t] > objects[i].uses[t])
                objects[i].uses[t] = now_uses[i][t];
        if (now_steps[t] > steps[t])
            steps[t] = now_steps[t];
    }
    if (engine.run.thread_count > threads)
        threads = engine.run.thread_count;
    memset(now_uses, 0, sizeof now_uses);
    memset(now_steps, 0, sizeof now_steps);
}

static bool is_shared(int object)
{
    int users = 0;
    for (int t = 0; t < threads; t++)
        users += objects[object].uses[t] > 0;
    return users > 1;
}

static void select_target(void)
{
    int shared = 0;
    for (int i = 0; i < object_count; i++)
        shared += is_shared(i);
    int k = (int)random_below((uint32_t)shared + 1);
    target = EVERYTHING;
    for (int i = 0; i < object_count; i++)
        if (is_shared(i) && k-- == 0)
            target = i;
}

static void begin_run(void)
{
    select_target();
    memset(left, 0, sizeof left);
    for (int t = 0; t < threads; t++)
        left[t] = target == EVERYTHING ? steps[t] : objects[target].uses[t];
    intended = TRACE_NO_THREAD;
}

/* Who stands for thread t's steps now: t itself or, before it exists, whoever leads to its creation. */
static int stands_for(int t)
{
    while (t >= engine.run.thread_count && creator[t] >= 0)
        t = creator[t];
    return t;
}

static void weights_now(int *weight)
{
    memset(weight, 0, sizeof(int) * MAX_THREADS);
    for (int t = 0; t < threads; t++) {
        int who = stands_for(t);
        if (who < engine.run.thread_count && !engine.threads[who].ended)
            weight[who] += left[t];
    }
}

static void draw_intended(void)
{
    int weight[MAX_THREADS], sum = 0, t = 0;
    weights_now(weight);
    for (int i = 0; i < MAX_THREADS; i++)
        sum += weight[i];
    intended = TRACE_NO_THREAD;
    if (!sum)
        return; /* more steps than were learnt: nobody is held back any more */
    int k = (int)random_below((uint32_t)sum);
    while (k >= weight[t])
        k -= weight[t++];
    intended = t;
}

static bool matters(const struct trace_choice *c)
{
    if (target == EVERYTHING)
        return true;
    return engine.threads[c->tid].op.object == objects[target].addr;
}

static bool held_back(const struct trace_choice *c)
{
    return intended != TRACE_NO_THREAD && c->tid != intended && matters(c);
}

static int among(const struct trace_choice *choices, int n, bool all)
{
    int at[4 * MAX_THREADS], many = 0;
    for (int i = 0; i < n; i++)
        if ((all || !held_back(&choices[i])) && random_admits(choices, n, i))
            at[many++] = i;
    return many ? at[random_below((uint32_t)many)] : -1;
}

static int pick(const struct trace_choice *choices, int n)
{
    if (intended == TRACE_NO_THREAD || engine.threads[intended].ended)
        draw_intended();
    int i = among(choices, n, false);
    if (i < 0)
        i = among(choices, n, true); /* the intended thread cannot act: it is blocked */
    if (i < 0)
        i = random_anybody(choices, n);
    const struct trace_choice *c = &choices[i];
    if (matters(c)) {
        left[c->tid] -= left[c->tid] > 0;
        intended = TRACE_NO_THREAD;
    }
    return i;
}

const struct dice dice_surw = {begin, begin_run, learn, learn_run, pick};
