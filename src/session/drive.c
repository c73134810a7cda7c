/* drive: see drive.h. Who is who is learned from the engine's states: the k-th thread that starts
 * in a routine gets the k-th name of that routine; a process that was started counts as one that starts in
 * DRIVE_FORK. Until all names are given, every thread but main
 * is driven; then exactly the named ones are.
 */
#include "session/drive_inside.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

#define ALL_BUT_MAIN  (((UINT64_C(1) << TRACE_MAX_THREADS) - 1) & ~UINT64_C(1))
#define COUNT_SECONDS 20 /* more schedules than can be run in that time are not counted */
#define FREE_SECONDS 2   /* the same where nobody asked for the figure */

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

const struct drive_role *drive_role_of(const struct drive_game *g, int tid)
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

static const char *routine_of(const struct trace_thread *t)
{
    return drive_is_process(t) ? DRIVE_FORK : t->tid > 0 ? t->start.func : NULL;
}

static void cast_roles(struct drive_game *g)
{
    for (size_t i = 0; i < g->run.state.thread_count; i++) {
        const struct trace_thread *t = &g->run.state.threads[i];
        const char *routine = routine_of(t);
        struct drive_role *r = routine && !drive_role_of(g, t->tid) ? free_role(g, routine) : NULL;
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
    for (size_t i = 0; i < g->arg_count; i++)
        free(g->args[i]);
    free(g->args);
    drive_lines_fini(g);
    trace_schedule_fini(&g->schedule);
    trace_run_fini(&g->run);
    trace_run_fini(&g->coming);
    *g = (struct drive_game){0};
}

void drive_arguments(struct drive_game *g, const char *words) { str_words(&g->args, &g->arg_count, words); }

bool drive_resume(struct drive_game *g, const char *token, long steps, struct err *e)
{
    const char *at = strchr(token, '@');
    struct trace_schedule s;

    if (!trace_schedule_parse(at ? at + 1 : token, &s, e))
        return false;
    s.check = 0;
    trace_schedule_fini(&g->schedule);
    g->schedule = s;
    g->clock_given = true;
    g->at = steps < 0 || (size_t)steps > s.step_count ? s.step_count : (size_t)steps;
    g->known = false;
    return true;
}

bool drive_follow(struct drive_game *g)
{
    if (!g->lesson || g->following || !g->lesson->follow || !set_goal(g, g->lesson->follow, NULL))
        return false;
    g->following = true;
    drive_lines_fini(g);
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
                                  .spurious = g->lesson ? g->lesson->spurious : -1,
                                  .preemptions = -1,
                                  .stop = -1};
    trace_schedule_copy(&out->schedule, &g->schedule);
    out->watches = xcalloc(n ? n : 1, sizeof *out->watches);
    for (size_t i = 0; i < n; i++)
        out->watches[i].name = xstrdup(g->lesson->watch[i]);
    out->watch_count = n;
    out->args = g->arg_count ? xcalloc(g->arg_count, sizeof *out->args) : NULL;
    for (size_t i = 0; i < g->arg_count; i++)
        out->args[i] = xstrdup(g->args[i]);
    out->arg_count = g->arg_count;
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
    out->seconds = g->goal ? COUNT_SECONDS : FREE_SECONDS;
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

/* Or looks at the clock: with the hostile clock that is a step, which must be one from the beginning. */
static bool somebody_uses_time(const struct trace_run *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->events[i].kind == EVENT_SLEEP || run->events[i].kind == EVENT_CLOCK)
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
    g->schedule.hostile = hostile || (!g->clock_given && somebody_uses_time(&g->run));
    return g->schedule.driven != driven || g->schedule.hostile != hostile;
}

/* "A restock", "C child". */
static char *title_of(const struct drive_role *r)
{
    if (strcmp(r->routine, DRIVE_FORK) == 0)
        return xasprintf("%s child", r->name);
    return strcmp(r->routine, r->name) == 0 ? xstrdup(r->name) : xasprintf("%s %s", r->name, r->routine);
}

/* Whatever is said about a thread that has a role, in sentences of any room, says it with the role's name. */
static void name_threads(struct drive_game *g)
{
    for (size_t i = 0; i < g->run.state.thread_count; i++) {
        struct trace_thread *t = &g->run.state.threads[i];
        const struct drive_role *r = drive_role_of(g, t->tid);
        if (!r)
            continue;
        free(t->name);
        free(t->short_name);
        t->name = title_of(r);
        t->short_name = xstrdup(r->name);
    }
}

static enum drive_heard answered(struct drive_game *g)
{
    trace_run_fini(&g->run);
    g->run = g->coming;
    g->coming = (struct trace_run){0};
    bool again = learn(g);
    name_threads(g);
    if (again)
        return DRIVE_AGAIN;
    g->known = true;
    drive_line_note(g);
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
        if (g->at < s->step_count)
            drive_line_keep(g);
        s->step_count = g->at;
        trace_schedule_push(s, tid, variant);
        g->end = DRIVE_END_OPEN;
    }
    g->at++;
    g->known = false;
    drive_line_played(g);
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
    drive_line_keep(g);
    g->end = DRIVE_END_OPEN;
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

/* "*2", "×2", or nothing: once. Below 1: neither. */
static long parse_times(const char *text, size_t n)
{
    char *end;

    if (n == 0)
        return 1;
    size_t sign = text[0] == '*' ? 1 : (unsigned char)text[0] == 0xc3 ? 2 : n;
    long times = sign < n ? strtol(text + sign, &end, 10) : 0;
    return times <= 100000 && (sign == n || end == text + n) ? times : 0;
}

/* "B", "B*2", "B×2", "B(spurious)". */
static bool parse_word(const struct drive_game *g, const char *word, size_t n,
                       struct trace_schedule *out)
{
    static const char odd[] = "(spurious)";
    size_t name = 0;

    while (name < n && word[name] != '*' && word[name] != '(' && (unsigned char)word[name] != 0xc3)
        name++;
    bool spurious = n - name >= sizeof odd - 1 && memcmp(word + name, odd, sizeof odd - 1) == 0;
    size_t rest = name + (spurious ? sizeof odd - 1 : 0);
    long times = parse_times(word + rest, n - rest);
    char *text = xstrndup(word, name);
    int tid = drive_find(g, text);
    if (tid < 0)
        tid = to_come(g, text);
    free(text);
    for (long i = 0; tid >= 0 && i < times; i++)
        trace_schedule_push(out, tid, spurious ? CHOICE_SPURIOUS : CHOICE_PLAIN);
    return tid >= 0 && times > 0;
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
