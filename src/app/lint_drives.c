/* lint_drives: every figure a drive states is computed again: par, schedule, "n of m", impossible.
 * Questions whose key is computed are compared with what their program really does.
 *
 * Goals about the end are asked of the counted outcomes. A goal that must hold at some moment
 * (reach) is looked for in every state, by walking the tree of choices.
 */
#include "app/lint.h"
#include "app/probe.h"
#include "report/goal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NODES = 300000 };

struct course_place {
    struct lint *lint;
    char *file; /* lesson.md */
    int line;
};

/* What all schedules together do about a goal. */
struct facts {
    uint64_t met, total;
    bool complete;
    int steps, switches; /* the best; -1 when none */
};

struct playing {
    struct course_place at;
    const struct drive *drive;
    struct probe probe;
    struct drive_game game;
};

static void complain(const struct course_place *at, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void complain(const struct course_place *at, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    lint_problem(at->lint, at->file, at->line, "%s", b.s);
    strbuf_fini(&b);
}

/* ---- getting ready ------------------------------------------------------------ */

static bool open_program(struct playing *p, const struct lesson *l, const char *program)
{
    struct err e = {0};
    struct judge_options o;
    judge_options_init(&o);
    o.races = RACES_IGNORE;
    char *file = path_join(l->dir, program);
    bool ok = probe_open(&p->probe, p->at.lint->app, NULL, file, &o, &e);
    if (!ok)
        complain(&p->at, "%s: %s", program, e.msg);
    free(file);
    return ok;
}

/* The game at its first moment: who is who is known. */
static bool begin(struct playing *p)
{
    struct err e = {0};
    if (!drive_init(&p->game, p->drive, NULL, &e)) {
        complain(&p->at, "%s", e.msg);
        return false;
    }
    if (probe_play(&p->probe, &p->game, &e))
        return true;
    complain(&p->at, "%s: %s", p->drive->program, e.msg);
    drive_fini(&p->game);
    return false;
}

/* ---- what the schedules do ---------------------------------------------------------- */

static bool better(const struct facts *f, int steps, int switches)
{
    return f->steps < 0 || steps < f->steps || (steps == f->steps && switches < f->switches);
}

static void take_best(struct facts *f, int steps, int switches)
{
    if (better(f, steps, switches)) {
        f->steps = steps;
        f->switches = switches;
    }
}

static struct facts count_ends(const struct playing *p, const struct goal *g)
{
    struct facts f = {
        .total = p->probe.total, .complete = p->probe.complete, .steps = -1, .switches = -1};
    for (size_t i = 0; i < p->probe.outcome_count; i++) {
        const struct trace_outcome *o = &p->probe.outcomes[i];
        if (!goal_met_outcome(g, o))
            continue;
        f.met += o->schedules;
        take_best(&f, o->steps, o->switches);
    }
    return f;
}

struct walk {
    struct playing *p;
    const struct goal *g;
    struct facts f;
    size_t nodes;
};

static bool walk_from(struct walk *w, bool met, struct err *e);

static bool walk_choices(struct walk *w, const struct trace_choice *choices, size_t n, bool met,
                         struct err *e)
{
    struct drive_game *g = &w->p->game;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        drive_step(g, choices[i].tid, choices[i].variant);
        ok = walk_from(w, met, e);
        drive_back(g);
    }
    return ok;
}

/* All complete schedules below this point; `met`: the goal held somewhere above. */
static bool walk_from(struct walk *w, bool met, struct err *e)
{
    struct drive_game *g = &w->p->game;
    if (++w->nodes > MAX_NODES)
        return err_set(e, 0, "the program is too large to prove a 'reach' goal about it");
    if (!probe_play(&w->p->probe, g, e))
        return false;
    const struct trace_state *st = &g->run.state;
    if (!met && goal_met_state(w->g, st)) {
        met = true;
        take_best(&w->f, (int)g->at, drive_switches(g));
    }
    if (st->ended || !st->choice_count) {
        w->f.total++;
        w->f.met += met;
        return true;
    }
    size_t n = st->choice_count;
    struct trace_choice *choices = xcalloc(n, sizeof *choices);
    memcpy(choices, st->choices, n * sizeof *choices);
    bool ok = walk_choices(w, choices, n, met, e);
    free(choices);
    return ok;
}

static bool count_all(struct playing *p, struct err *e)
{
    struct trace_request q = {0};
    drive_count_request(&p->game, &q);
    bool ok = probe_ask(&p->probe, &q, e);
    trace_request_fini(&q);
    return ok;
}

static bool facts_of(struct playing *p, const struct goal *g, struct facts *f, struct err *e)
{
    drive_restart(&p->game);
    if (goal_kind_of(g) != GOAL_REACH) {
        if (!count_all(p, e))
            return false;
        *f = count_ends(p, g);
        return true;
    }
    struct walk w = {.p = p, .g = g, .f = {.complete = true, .steps = -1, .switches = -1}};
    bool ok = walk_from(&w, false, e);
    *f = w.f;
    return ok;
}

/* ---- comparing ------------------------------------------------------------------------ */

static void compare_impossible(const struct playing *p, const struct facts *f)
{
    if (f->met)
        complain(&p->at, "'impossible: yes', but %llu of %llu schedules do it",
                 (unsigned long long)f->met, (unsigned long long)f->total);
}

static void compare_par(const struct playing *p, const struct facts *f)
{
    const struct drive *d = p->drive;
    if (!f->met)
        complain(&p->at, "no schedule reaches the goal '%s'", d->goal);
    else if (d->par_steps != f->steps || d->par_switches != f->switches)
        complain(&p->at, "par is %d steps, %d switches; the file says %d steps, %d switches",
                 f->steps, f->switches, d->par_steps, d->par_switches);
}

static void compare_count(const struct playing *p, const struct facts *f)
{
    const struct drive *d = p->drive;
    if (d->of_m >= 0 && ((uint64_t)d->of_n != f->met || (uint64_t)d->of_m != f->total))
        complain(&p->at, "it is %llu of %llu schedules; the file says %ld of %ld",
                 (unsigned long long)f->met, (unsigned long long)f->total, d->of_n, d->of_m);
}

static bool play_words(struct playing *p, struct err *e)
{
    struct trace_schedule steps = {0};
    bool ok = drive_parse_words(&p->game, p->drive->sched, &steps, e);
    drive_restart(&p->game);
    for (size_t i = 0; ok && i < steps.step_count; i++)
        drive_step(&p->game, steps.steps[i].tid, steps.steps[i].variant);
    trace_schedule_fini(&steps);
    return ok && probe_play(&p->probe, &p->game, e);
}

static void try_schedule(struct playing *p, const struct goal *g)
{
    struct err e = {0};
    const struct drive *d = p->drive;
    const struct trace_state *st = &p->game.run.state;
    if (!play_words(p, &e))
        complain(&p->at, "sched '%s': %s", d->sched, e.msg);
    else if (st->diverged)
        complain(&p->at, "sched '%s' cannot be played: %s", d->sched,
                 st->detail ? st->detail : "a step is not possible");
    else if (!goal_met_state(g, st))
        complain(&p->at, "sched '%s' does not reach the goal '%s'", d->sched, d->goal);
    else if ((int)p->game.at != d->par_steps || drive_switches(&p->game) != d->par_switches)
        complain(&p->at, "sched '%s' has %zu steps and %d switches, which is not par", d->sched,
                 p->game.at, drive_switches(&p->game));
}

static void check_goal(struct playing *p, const struct goal *g)
{
    struct facts f = {0};
    struct err e = {0};
    if (!facts_of(p, g, &f, &e)) {
        complain(&p->at, "%s: %s", p->drive->program, e.msg);
        return;
    }
    if (!f.complete)
        complain(&p->at, "%s: not every schedule could be run", p->drive->program);
    if (p->drive->impossible)
        compare_impossible(p, &f);
    else
        compare_par(p, &f);
    compare_count(p, &f);
    if (!p->drive->impossible && p->drive->sched)
        try_schedule(p, g);
}

static void check_follow(struct playing *p)
{
    struct facts f = {0};
    struct err e = {0};
    const struct drive *d = p->drive;
    struct goal *g = goal_parse(d->follow, d->watch, d->watch_count, &e);
    if (!g || !facts_of(p, g, &f, &e))
        complain(&p->at, "then: %s", e.msg);
    else if (!f.met)
        complain(&p->at, "then: no schedule reaches '%s'", d->follow);
    goal_free(g);
}

static void check_drive(struct lint *l, const struct lesson *lesson, const struct block *b)
{
    struct err e = {0};
    struct playing p = {.drive = &b->drive,
                        .at = {l, path_join(lesson->dir, "lesson.md"), b->line}};
    const struct drive *d = &b->drive;
    struct goal *g = d->goal ? goal_parse(d->goal, d->watch, d->watch_count, &e) : NULL;
    l->drives++;
    if (!g)
        complain(&p.at, "%s", d->goal ? e.msg : "the drive has no goal");
    else if (open_program(&p, lesson, d->program)) {
        if (begin(&p)) {
            check_goal(&p, g);
            if (d->follow)
                check_follow(&p);
            drive_fini(&p.game);
        }
        probe_close(&p.probe);
    }
    goal_free(g);
    free(p.at.file);
}

/* ---- questions with a computed key ----------------------------------------------------- */

static bool outcome_value(const struct trace_outcome *o, long long *ret)
{
    return goal_came_to_end(o->reason) && o->watch_count && goal_watch_number(&o->watches[0], ret);
}

static bool possible(const struct probe *p, long long value)
{
    for (size_t i = 0; i < p->outcome_count; i++) {
        long long v;
        if (outcome_value(&p->outcomes[i], &v) && v == value)
            return true;
    }
    return false;
}

/* "200 000" is a number; "about 3" is none. */
static bool option_number(const char *text, long long *ret)
{
    struct strbuf b = STRBUF_INIT;
    char *end;
    for (const char *s = text; *s; s++)
        if (*s != ' ' && *s != '`')
            strbuf_addc(&b, *s);
    *ret = strtoll(b.s, &end, 10);
    bool ok = end != b.s && !*end;
    strbuf_fini(&b);
    return ok;
}

static void compare_options(const struct course_place *at, const struct probe *p,
                            const struct question *q)
{
    for (size_t i = 0; i < q->option_count; i++) {
        const struct option *o = &q->options[i];
        long long n;
        if (!option_number(o->text, &n)) {
            complain(at, "key: the option '%s' is not a number", o->text);
            continue;
        }
        if (q->key_scale > 0 && n > q->key_scale)
            continue;
        if (possible(p, n) != o->right)
            complain(at, "key: %s can%s be the end of %s, and the option is marked %s", o->text,
                     o->right ? "not" : "", q->key_program, o->right ? "right" : "wrong");
    }
}

static struct trace_request key_request(const char *variable)
{
    struct trace_request q = {.kind = REQUEST_COUNT,
                              .clock = -1,
                              .spurious = -1,
                              .preemptions = -1,
                              .stop = -1,
                              .count = true};
    q.schedule.test = xstrdup("main");
    q.schedule.watched_visible = true;
    q.watches = xcalloc(1, sizeof *q.watches);
    q.watches[0].name = xstrdup(variable);
    q.watch_count = 1;
    return q;
}

static void check_key(struct lint *l, const struct lesson *lesson, const struct question *q)
{
    struct err e = {0};
    struct playing p = {.at = {l, path_join(lesson->dir, "lesson.md"), q->line}};
    struct trace_request ask = key_request(q->key_observe);
    if (open_program(&p, lesson, q->key_program)) {
        if (!probe_ask(&p.probe, &ask, &e))
            complain(&p.at, "key: %s", e.msg);
        else if (!p.probe.complete)
            complain(&p.at, "key: not every schedule of %s could be run", q->key_program);
        else
            compare_options(&p.at, &p.probe, q);
        probe_close(&p.probe);
    }
    trace_request_fini(&ask);
    free(p.at.file);
}

/* ---- all of them ------------------------------------------------------------------------ */

static void check_block(struct lint *l, const struct lesson *lesson, const struct block *b)
{
    if (b->kind == BLOCK_DRIVE && b->drive.program)
        check_drive(l, lesson, b);
    else if (b->kind == BLOCK_QUESTION && b->question.key_program && b->question.key_observe)
        check_key(l, lesson, &b->question);
}

void lint_drives(struct lint *l)
{
    for (size_t i = 0; i < l->course->lesson_count; i++) {
        const struct lesson *lesson = &l->course->lessons[i];
        for (size_t k = 0; k < lesson->step_count; k++)
            for (size_t m = 0; m < lesson->steps[k].block_count; m++)
                check_block(l, lesson, &lesson->steps[k].blocks[m]);
    }
}
