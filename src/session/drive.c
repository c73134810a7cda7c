/* drive: see drive.h. Who is who is learned from the engine's states: the k-th thread that starts
 * in a routine gets the k-th name of that routine. Until all names are given, every thread but main
 * is driven; then exactly the named ones are.
 */
#include "session/drive.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

#define ALL_BUT_MAIN  (((UINT64_C(1) << TRACE_MAX_THREADS) - 1) & ~UINT64_C(1))
#define WALK_STATES   100000
#define COUNT_SECONDS 20 /* more schedules than can be run in that time are not counted */

/* ---- names ------------------------------------------------------------- */

/* "A=restock", "A=restock(1)", "M=main". */
static bool parse_role(const char *text, struct drive_role *out, struct err *e)
{
    const char *eq = strchr(text, '=');
    size_t routine = eq ? strcspn(eq + 1, " (\t") : 0;

    if (!eq || eq == text || routine == 0)
        return err_set(e, EINVAL, "threads: '%s' is not NAME=start_routine", text);
    out->name = xstrndup(text, (size_t)(eq - text));
    out->routine = xstrndup(eq + 1, routine);
    out->tid = strcmp(out->routine, "main") == 0 ? 0 : TRACE_NO_THREAD;
    return true;
}

static bool parse_roles(struct drive_game *g, const struct drive *lesson, struct err *e)
{
    g->roles = xcalloc(lesson->thread_count ? lesson->thread_count : 1, sizeof *g->roles);
    for (size_t i = 0; i < lesson->thread_count; i++) {
        if (!parse_role(lesson->threads[i], &g->roles[i], e))
            return false;
        g->role_count++;
    }
    return true;
}

static const struct drive_role *role_of(const struct drive_game *g, int tid)
{
    for (size_t i = 0; i < g->role_count; i++)
        if (g->roles[i].tid == tid)
            return &g->roles[i];
    return NULL;
}

static struct drive_role *free_role(struct drive_game *g, const char *routine)
{
    for (size_t i = 0; i < g->role_count; i++)
        if (g->roles[i].tid == TRACE_NO_THREAD && strcmp(g->roles[i].routine, routine) == 0)
            return &g->roles[i];
    return NULL;
}

static void cast_roles(struct drive_game *g)
{
    for (size_t i = 0; i < g->run.state.thread_count; i++) {
        const struct trace_thread *t = &g->run.state.threads[i];
        struct drive_role *r =
            t->tid > 0 && t->start.func && !role_of(g, t->tid) ? free_role(g, t->start.func) : NULL;
        if (r)
            r->tid = t->tid;
    }
}

/* Threads that were seen and have no name run by themselves; those not seen yet may get one. */
static uint64_t driven_now(const struct drive_game *g)
{
    uint64_t named = 0, seen = 0;
    bool all = true;

    for (size_t i = 0; i < g->role_count; i++) {
        all = all && g->roles[i].tid != TRACE_NO_THREAD;
        if (g->roles[i].tid != TRACE_NO_THREAD)
            named |= UINT64_C(1) << g->roles[i].tid;
    }
    for (size_t i = 0; i < g->run.state.thread_count; i++)
        seen |= UINT64_C(1) << g->run.state.threads[i].tid;
    return all && g->role_count
               ? named
               : named | (ALL_BUT_MAIN & ~seen) | (g->role_count ? 0 : ALL_BUT_MAIN & seen);
}

/* ---- a game begins and ends -------------------------------------------- */

static bool set_goal(struct drive_game *g, const char *text, struct err *e)
{
    struct goal *goal = goal_parse(text, g->lesson->watch, g->lesson->watch_count, e);

    if (!goal)
        return false;
    goal_free(g->goal);
    g->goal = goal;
    return true;
}

static bool init_lesson(struct drive_game *g, const struct drive *lesson, struct err *e)
{
    g->lesson = lesson;
    g->schedule.watched_visible = lesson->watch_count > 0;
    if (!parse_roles(g, lesson, e))
        return false;
    g->schedule.driven = driven_now(g);
    return set_goal(g, lesson->goal ? lesson->goal : "", e);
}

bool drive_init(struct drive_game *g, const struct drive *lesson, const char *test, struct err *e)
{
    *g = (struct drive_game){0};
    g->schedule.test = xstrdup(test ? test : "main");
    if (!lesson || init_lesson(g, lesson, e))
        return true;
    drive_fini(g);
    return false;
}

void drive_fini(struct drive_game *g)
{
    for (size_t i = 0; i < g->role_count; i++) {
        free(g->roles[i].name);
        free(g->roles[i].routine);
    }
    free(g->roles);
    goal_free(g->goal);
    trace_schedule_fini(&g->schedule);
    trace_run_fini(&g->run);
    trace_run_fini(&g->coming);
    *g = (struct drive_game){0};
}

bool drive_resume(struct drive_game *g, const char *token, long steps, struct err *e)
{
    const char *at = strchr(token, '@');
    struct trace_schedule s;

    if (!trace_schedule_parse(at ? at + 1 : token, &s, e))
        return false;
    s.check = 0;
    trace_schedule_fini(&g->schedule);
    g->schedule = s;
    g->at = steps < 0 || (size_t)steps > s.step_count ? s.step_count : (size_t)steps;
    g->known = false;
    return true;
}

bool drive_follow(struct drive_game *g)
{
    if (!g->lesson || g->following || !g->lesson->follow || !set_goal(g, g->lesson->follow, NULL))
        return false;
    g->following = true;
    g->schedule.step_count = g->at = 0;
    g->known = false;
    return true;
}

/* ---- asking ------------------------------------------------------------ */

static void ask_about(const struct drive_game *g, enum request_kind kind, struct trace_request *out)
{
    size_t n = g->lesson ? g->lesson->watch_count : 0;

    *out = (struct trace_request){.kind = kind,
                                  .races = RACES_IGNORE,
                                  .clock = -1,
                                  .spurious = -1,
                                  .preemptions = -1,
                                  .stop = -1};
    trace_schedule_copy(&out->schedule, &g->schedule);
    out->watches = xcalloc(n ? n : 1, sizeof *out->watches);
    for (size_t i = 0; i < n; i++)
        out->watches[i].name = xstrdup(g->lesson->watch[i]);
    out->watch_count = n;
}

void drive_request(const struct drive_game *g, struct trace_request *out)
{
    ask_about(g, REQUEST_REPLAY, out);
    out->schedule.step_count = g->at;
    out->stop = (int64_t)g->at;
    out->accesses = true;
}

void drive_count_request(const struct drive_game *g, struct trace_request *out)
{
    ask_about(g, REQUEST_COUNT, out);
    out->schedule.step_count = 0;
    out->count = true;
    out->seconds = COUNT_SECONDS;
}

void drive_shared_request(const struct drive_game *g, struct trace_request *out)
{
    ask_about(g, REQUEST_SHARED, out);
    out->schedule.step_count = 0;
}

static void take_event(struct drive_game *g, struct trace_event *ev)
{
    ARRAY_GROW(g->coming.events, g->coming.count, g->coming.cap);
    struct trace_event *to = &g->coming.events[g->coming.count++];
    *to = (struct trace_event){0};
    trace_event_move(to, ev);
}

static void take_state(struct drive_game *g, struct trace_state *st)
{
    trace_state_fini(&g->coming.state);
    g->coming.state = *st;
    *st = (struct trace_state){0};
}

static void take_ranges(struct drive_game *g, struct trace_msg *m)
{
    free(g->schedule.ranges);
    g->schedule.ranges = m->ranges;
    g->schedule.range_count = g->schedule.range_cap = m->range_count;
    m->ranges = NULL;
    m->range_count = 0;
}

static bool somebody_sleeps(const struct trace_run *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->events[i].kind == EVENT_SLEEP)
            return true;
    for (size_t i = 0; i < run->state.thread_count; i++)
        if (run->state.threads[i].status == THREAD_ASLEEP)
            return true;
    return false;
}

/* What the run showed changes the question: true. Steps stay what they are, because nobody could
 * have chosen a thread before it was seen. */
static bool learn(struct drive_game *g)
{
    uint64_t driven = g->schedule.driven;
    bool hostile = g->schedule.hostile;

    if (g->role_count) {
        cast_roles(g);
        g->schedule.driven = driven_now(g);
    }
    g->schedule.hostile = hostile || somebody_sleeps(&g->run);
    return g->schedule.driven != driven || g->schedule.hostile != hostile;
}

static enum drive_heard answered(struct drive_game *g)
{
    trace_run_fini(&g->run);
    g->run = g->coming;
    g->coming = (struct trace_run){0};
    if (learn(g))
        return DRIVE_AGAIN;
    g->known = true;
    return DRIVE_KNOWN;
}

enum drive_heard drive_hear(struct drive_game *g, struct trace_msg *m)
{
    switch (m->kind) {
    case MSG_EVENT: take_event(g, &m->event); return DRIVE_MORE;
    case MSG_STATE: take_state(g, &m->state); return DRIVE_MORE;
    case MSG_SHARED: take_ranges(g, m); return DRIVE_MORE;
    case MSG_DONE: return g->coming.state.thread_count ? answered(g) : DRIVE_KNOWN;
    default: return DRIVE_MORE;
    }
}

/* ---- moves ------------------------------------------------------------- */

void drive_step(struct drive_game *g, int tid, int variant)
{
    struct trace_schedule *s = &g->schedule;
    bool same =
        g->at < s->step_count && s->steps[g->at].tid == tid && s->steps[g->at].variant == variant;

    if (!same) {
        s->step_count = g->at;
        trace_schedule_push(s, tid, variant);
    }
    g->at++;
    g->known = false;
}

bool drive_back(struct drive_game *g)
{
    if (g->at == 0)
        return false;
    g->at--;
    g->known = false;
    return true;
}

bool drive_forward(struct drive_game *g)
{
    if (g->at >= g->schedule.step_count)
        return false;
    g->at++;
    g->known = false;
    return true;
}

void drive_restart(struct drive_game *g)
{
    g->at = 0;
    g->known = false;
}

void drive_load(struct drive_game *g, const struct trace_schedule *steps)
{
    g->schedule.step_count = 0;
    for (size_t i = 0; i < steps->step_count; i++)
        trace_schedule_push(&g->schedule, steps->steps[i].tid, steps->steps[i].variant);
    drive_restart(g);
}

/* A thread of the lesson's list that was not created yet: threads are numbered as they are created, and main is 0. */
static int to_come(const struct drive_game *g, const char *name)
{
    int tid = 0;

    for (size_t i = 0; g->lesson && i < g->lesson->thread_count; i++) {
        const char *role = g->lesson->threads[i], *routine = strchr(role, '=');
        bool is_main = routine && strcmp(routine, "=main") == 0;
        tid += !is_main;
        if (routine && !is_main && strncmp(role, name, (size_t)(routine - role)) == 0 && name[routine - role] == '\0')
            return tid;
    }
    return TRACE_NO_THREAD;
}

/* "B", "B*2", "B×2", "B(spurious)"; the count is 1 when there is none. */
static bool parse_word(const struct drive_game *g, const char *word, size_t n,
                       struct trace_schedule *out)
{
    size_t name = 0;
    long count = 1;

    while (name < n && word[name] != '*' && word[name] != '(' && (unsigned char)word[name] != 0xc3)
        name++;
    if (name < n) {
        char *end;
        size_t sign = word[name] == '*' ? 1 : 2;
        count = word[name] == '(' ? 0 : strtol(word + name + sign, &end, 10);
        if (count < 1 || count > 100000 || end != word + n)
            return false;
    }
    char *text = xstrndup(word, name);
    int tid = drive_find(g, text);
    if (tid < 0)
        tid = to_come(g, text);
    free(text);
    for (; tid >= 0 && count > 0; count--)
        trace_schedule_push(out, tid, CHOICE_PLAIN);
    return tid >= 0;
}

bool drive_parse_words(const struct drive_game *g, const char *words, struct trace_schedule *out,
                       struct err *e)
{
    *out = (struct trace_schedule){0};
    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " \t\n,");
        if (n > 0 && !parse_word(g, w, n, out)) {
            trace_schedule_fini(out);
            return err_set(e, EINVAL, "'%.*s' names no thread here", (int)n, w);
        }
        w += n + (w[n] != '\0');
    }
    return true;
}

/* ---- looking ----------------------------------------------------------- */

const struct trace_thread *drive_thread(const struct drive_game *g, int tid)
{
    for (size_t i = 0; i < g->run.state.thread_count; i++)
        if (g->run.state.threads[i].tid == tid)
            return &g->run.state.threads[i];
    return NULL;
}

bool drive_is_driven(const struct drive_game *g, int tid)
{
    return tid >= 0 && tid < TRACE_MAX_THREADS &&
           (!g->schedule.driven || (g->schedule.driven >> tid & 1));
}

const struct trace_choice *drive_choice(const struct drive_game *g, int tid, int variant)
{
    const struct trace_state *st = &g->run.state;

    for (size_t i = 0; i < st->choice_count; i++)
        if (st->choices[i].tid == tid && st->choices[i].variant == variant)
            return &st->choices[i];
    return NULL;
}

static bool wanted(const struct trace_choice *c, int tid, int variant)
{
    bool wakes =
        variant == CHOICE_WAKES && (c->variant == CHOICE_PLAIN || c->variant >= CHOICE_WAKES);

    return (tid == TRACE_NO_THREAD || c->tid == tid) && (wakes || c->variant == variant);
}

size_t drive_choices(const struct drive_game *g, int tid, int variant, struct trace_choice *out,
                     size_t max)
{
    const struct trace_state *st = &g->run.state;
    size_t n = 0;

    for (size_t i = 0; i < st->choice_count; i++) {
        if (!wanted(&st->choices[i], tid, variant))
            continue;
        if (n < max)
            out[n] = st->choices[i];
        n++;
    }
    return n;
}

static bool same_object(const struct trace_ref *a, const struct trace_ref *b)
{
    return a->kind != REF_NONE && a->kind == b->kind && a->offset == b->offset &&
           (a->kind == REF_GLOBAL || (a->tid == b->tid && a->block == b->block));
}

/* Waits on this condition variable and was not woken yet. */
static bool waits_on(const struct trace_thread *t, const struct trace_ref *cond)
{
    return t && t->status == THREAD_WAITING &&
           (same_object(&t->object, cond) || same_object(&t->object2, cond));
}

/* The queue is in the order of the COND_WAIT events of those who still wait. */
int drive_would_wake(const struct drive_game *g, const struct trace_choice *c)
{
    const struct trace_thread *t = drive_thread(g, c->tid);
    int k = c->variant >= CHOICE_WAKES ? c->variant - CHOICE_WAKES : 0;

    for (size_t i = 0; t && i < g->run.count; i++) {
        const struct trace_event *ev = &g->run.events[i];
        bool last = ev->kind == EVENT_COND_WAIT && waits_on(drive_thread(g, ev->tid), &t->object);
        for (size_t j = i + 1; last && j < g->run.count; j++)
            last = g->run.events[j].tid != ev->tid;
        if (last && k-- == 0)
            return ev->tid;
    }
    return TRACE_NO_THREAD;
}

char *drive_blocked_because(const struct drive_game *g, const struct trace_thread *t)
{
    const struct trace_state *st = &g->run.state;
    struct trace_thread *renamed = xcalloc(st->thread_count, sizeof *renamed);
    struct trace_state shown = *st;

    for (size_t i = 0; i < st->thread_count; i++) {
        renamed[i] = st->threads[i];
        renamed[i].name = drive_title(g, st->threads[i].tid);
    }
    shown.threads = renamed;
    char *text = report_blocked_because(&shown, t);
    for (size_t i = 0; i < st->thread_count; i++)
        free(renamed[i].name);
    free(renamed);
    return text;
}

char *drive_why_not(const struct drive_game *g, int tid)
{
    const struct trace_thread *t = drive_thread(g, tid);
    char *why = NULL, *name, *text;

    if (drive_choice(g, tid, CHOICE_PLAIN))
        return NULL;
    if (!t)
        return xasprintf("there is no thread %d", tid);
    if (g->run.state.ended)
        return xstrdup("the run is over; b goes back");
    name = drive_title(g, tid);
    why = drive_blocked_because(g, t);
    if (why)
        text = xasprintf("%s %s", name, why);
    else
        text = xasprintf("%s runs by itself whenever it can", name);
    free(name);
    free(why);
    return text;
}

const char *drive_name(const struct drive_game *g, int tid)
{
    const struct drive_role *r = role_of(g, tid);

    return r ? r->name : report_thread_name(NULL, tid);
}

char *drive_title(const struct drive_game *g, int tid)
{
    const struct drive_role *r = role_of(g, tid);

    if (r && strcmp(r->routine, r->name) != 0)
        return xasprintf("%s %s", r->name, r->routine);
    return xstrdup(r ? r->name : report_thread_name(&g->run.state, tid));
}

int drive_find(const struct drive_game *g, const char *name)
{
    for (size_t i = 0; i < g->role_count; i++)
        if (strcmp(g->roles[i].name, name) == 0)
            return g->roles[i].tid;
    for (size_t i = 0; i < g->run.state.thread_count; i++)
        if (strcmp(report_thread_name(NULL, g->run.state.threads[i].tid), name) == 0)
            return g->run.state.threads[i].tid;
    return TRACE_NO_THREAD;
}

bool drive_reached(const struct drive_game *g)
{
    return g->known && g->goal && goal_met_state(g->goal, &g->run.state);
}

int drive_switches(const struct drive_game *g)
{
    int n = 0;

    for (size_t i = 1; i < g->at; i++)
        n += g->schedule.steps[i].tid != g->schedule.steps[i - 1].tid;
    return n;
}

bool drive_is_par(const struct drive_game *g)
{
    const struct drive *l = g->lesson;

    return l && !g->following && l->par_steps >= 0 && (int)g->at <= l->par_steps &&
           drive_switches(g) <= l->par_switches;
}

char *drive_words(const struct drive_game *g)
{
    const char *names[TRACE_MAX_THREADS];
    struct trace_schedule s = g->schedule;

    for (int i = 0; i < TRACE_MAX_THREADS; i++)
        names[i] = drive_name(g, i);
    s.step_count = g->at;
    return trace_schedule_words(&s, names);
}

char *drive_token(const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;
    struct trace_schedule s;

    trace_schedule_copy(&s, &g->schedule);
    s.step_count = g->at;
    s.check = g->known ? st->check : 0;
    for (size_t i = 0; s.watched_visible && i < st->watch_count; i++) {
        const struct trace_watch *w = &st->watches[i];
        ARRAY_GROW(s.ranges, s.range_count, s.range_cap);
        s.ranges[s.range_count++] =
            (struct trace_range){.kind = w->place.kind, .offset = w->place.offset, .size = w->size};
    }
    s.watched_visible = false;
    char *token = trace_schedule_token(&s);
    trace_schedule_fini(&s);
    return token;
}

bool drive_is_new(const struct drive_game *g, size_t event)
{
    return g->run.state.choice > 0 && g->run.events[event].choice == g->run.state.choice;
}

/* ---- all schedules ----------------------------------------------------- */

static bool shorter(const struct trace_outcome *o, const struct drive_tally *t)
{
    return !t->has_witness || o->witness.step_count < t->witness.step_count;
}

static void tally_outcome(struct drive_tally *t, const struct drive_game *g,
                          const struct trace_outcome *o)
{
    t->total += o->schedules;
    if (!g->goal || !goal_met_outcome(g->goal, o))
        return;
    t->meet += o->schedules;
    t->probability += o->probability;
    if (shorter(o, t)) {
        trace_schedule_fini(&t->witness);
        trace_schedule_copy(&t->witness, &o->witness);
        t->has_witness = true;
    }
}

bool drive_tally_hear(struct drive_tally *t, const struct drive_game *g, const struct trace_msg *m)
{
    if (m->kind == MSG_OUTCOME)
        tally_outcome(t, g, &m->outcome);
    if (m->kind != MSG_DONE)
        return false;
    t->complete = m->count.complete;
    return true;
}

/* ---- every state ------------------------------------------------------- */

bool drive_walk_init(struct drive_walk *w, const struct drive_game *of, struct err *e)
{
    *w = (struct drive_walk){0};
    if (!drive_init(&w->game, of->lesson, of->schedule.test, e))
        return false;
    if (of->following)
        drive_follow(&w->game);
    return true;
}

/* A waiter may wake without a signal again and again: such runs never end, and are left out, as in
 * a count. */
static void level_push(struct drive_walk *w, bool met, double share)
{
    const struct trace_state *st = &w->game.run.state;
    struct drive_level l = {.met = met, .share = share};

    l.choices = xcalloc(st->choice_count + 1, sizeof *l.choices);
    for (size_t i = 0; i < st->choice_count && !st->ended; i++)
        if (st->choices[i].variant != CHOICE_SPURIOUS)
            l.choices[l.count++] = st->choices[i];
    ARRAY_GROW(w->levels, w->depth, w->cap);
    w->levels[w->depth++] = l;
}

static void found(struct drive_walk *w)
{
    struct drive_tally *t = &w->tally;

    if (t->has_witness && w->game.at >= t->witness.step_count)
        return;
    trace_schedule_fini(&t->witness);
    trace_schedule_copy(&t->witness, &w->game.schedule);
    t->witness.step_count = w->game.at;
    t->has_witness = true;
}

/* A state was reached: what it adds, and what lies below it. */
static void visit(struct drive_walk *w)
{
    const struct drive_level *above = w->depth ? &w->levels[w->depth - 1] : NULL;
    bool here = goal_met_state(w->game.goal, &w->game.run.state),
         met = here || (above && above->met);
    double share = above ? above->share / (double)above->count : 1;

    if (here && !(above && above->met))
        found(w);
    level_push(w, met, share);
    if (w->levels[w->depth - 1].count > 0)
        return;
    w->tally.total++;
    w->tally.meet += met;
    w->tally.probability += met ? share : 0;
}

/* The next choice nobody has tried; false when there is none. */
static bool go_on(struct drive_walk *w)
{
    while (w->depth > 0) {
        struct drive_level *l = &w->levels[w->depth - 1];
        if (l->next < l->count) {
            drive_step(&w->game, l->choices[l->next].tid, l->choices[l->next].variant);
            l->next++;
            return true;
        }
        free(l->choices);
        w->depth--;
        drive_back(&w->game);
    }
    return false;
}

enum drive_heard drive_walk_hear(struct drive_walk *w, struct trace_msg *m)
{
    enum drive_heard heard = drive_hear(&w->game, m);

    if (heard != DRIVE_KNOWN)
        return heard;
    visit(w);
    if (++w->states >= WALK_STATES)
        return DRIVE_KNOWN;
    if (go_on(w))
        return DRIVE_AGAIN;
    w->tally.complete = true;
    return DRIVE_KNOWN;
}

void drive_walk_fini(struct drive_walk *w)
{
    for (size_t i = 0; i < w->depth; i++)
        free(w->levels[i].choices);
    free(w->levels);
    drive_tally_fini(&w->tally);
    drive_fini(&w->game);
    *w = (struct drive_walk){0};
}

void drive_tally_fini(struct drive_tally *t)
{
    trace_schedule_fini(&t->witness);
    *t = (struct drive_tally){0};
}

static void add_probability(struct strbuf *b, double p)
{
    if (p >= 0.0995)
        strbuf_addf(b, "%.2f", p);
    else
        strbuf_addf(b, "%.2g %%", 100 * p);
}

char *drive_tally_words(const struct drive_tally *t)
{
    struct strbuf b = STRBUF_INIT;

    if (t->complete && t->meet == t->total && t->total > 1) {
        strbuf_addf(&b, "all %" PRIu64 " schedules do this", t->total);
        return strbuf_take(&b);
    }
    strbuf_addf(&b, "%s%" PRIu64 " of %s%" PRIu64 " schedule%s %s this",
                t->complete ? "" : "at least ", t->meet, t->complete ? "" : "more than ", t->total,
                t->total == 1 ? "" : "s", t->meet == 1 ? "does" : "do");
    if (t->meet > 0 && t->complete) {
        strbuf_adds(&b, "; picking at random you would see it with probability ");
        add_probability(&b, t->probability);
    }
    return strbuf_take(&b);
}
