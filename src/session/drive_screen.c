/* drive_screen: see drive_screen.h. Asking the engine, hearing it, and the screen's life; moves are
 * in drive_moves.c, goals in drive_goal.c.
 */
#include <stdlib.h>
#include <string.h>

#include "session/drive_parts.h"
#include "session/parts.h"

/* ---- asking ------------------------------------------------------------ */

typedef void ask_fn(const struct drive_game *g, struct trace_request *out);

static void ask(struct drive_state *d, enum drive_asked what, ask_fn *fill, struct effects *fx)
{
    struct trace_request *req = xcalloc(1, sizeof *req);

    fill(&d->game, req);
    effects_add(fx, EFFECT_ENGINE_ASK)->request = req;
    d->asked = what;
}

void drive_screen_ask_run(struct drive_state *d, struct effects *fx)
{
    ask(d, DRIVE_ASKED_RUN, drive_request, fx);
}

static void ask_walk(struct drive_state *d, struct effects *fx)
{
    struct trace_request *req = xcalloc(1, sizeof *req);

    drive_request(&d->walk.game, req);
    effects_add(fx, EFFECT_ENGINE_ASK)->request = req;
    d->asked = DRIVE_ASKED_WALK;
}

/* For a goal at the end the engine counts the ends; for one at any moment we look at all moments.
 */
void drive_screen_ask_count(struct drive_state *d, struct effects *fx)
{
    drive_tally_fini(&d->counting);
    if (!d->game.goal || goal_kind_of(d->game.goal) != GOAL_REACH) {
        ask(d, DRIVE_ASKED_COUNT, drive_count_request, fx);
        return;
    }
    drive_walk_fini(&d->walk);
    if (drive_walk_init(&d->walk, &d->game, NULL))
        ask_walk(d, fx);
}

/* ---- what the engine says ---------------------------------------------- */

static void broken(struct drive_state *d, const char *why)
{
    free(d->broken);
    d->broken = xstrdup(why ? why : "the engine ended without a word");
    d->phase = DRIVE_BROKEN;
    d->asked = DRIVE_ASKED_NOTHING;
    d->queue_count = 0;
    d->running_on = d->playing = false;
}

static void select_somebody(struct drive_state *d)
{
    const struct trace_state *st = &d->game.run.state;
    const struct trace_thread *now = drive_thread(&d->game, d->selected);

    if (now && now->status != THREAD_ENDED && drive_is_driven(&d->game, d->selected))
        return;
    for (size_t i = 0; i < st->thread_count; i++)
        if (drive_choice(&d->game, st->threads[i].tid, CHOICE_PLAIN)) {
            d->selected = st->threads[i].tid;
            return;
        }
}

/* One statement, several steps: said the first time it happens. */
static void point_out_statement(struct session *s)
{
    struct drive_game *g = &s->drive->game;
    const struct trace_thread *t = drive_thread(g, s->drive->selected);

    if (s->told_statement || s->drive->running_on || !t || t->next != EVENT_WRITE || t->at.line <= 0)
        return;
    for (size_t i = g->run.count; i-- > 0 && drive_is_new(g, i);) {
        const struct trace_event *ev = &g->run.events[i];
        if (ev->tid != t->tid || ev->kind != EVENT_READ || ev->at.line != t->at.line)
            continue;
        s->told_statement = true;
        session_notice(
            s, "line %d is one statement, but several steps: it has read, not yet written",
            t->at.line);
        return;
    }
}

/* The program did something else than the schedule says: keep what it did. */
static void cut_diverged(struct session *s)
{
    struct drive_game *g = &s->drive->game;
    const struct trace_state *st = &g->run.state;

    if ((size_t)st->choice < g->at) {
        g->at = (size_t)(st->choice < 0 ? 0 : st->choice);
        g->schedule.step_count = g->at;
    }
    if (st->diverged)
        session_notice(s, "the program did not follow the schedule%s%s", st->detail ? ": " : "",
                       st->detail ? st->detail : "");
}

/* A free drive has no goal; how many schedules end as this one did can be said all the same. */
static void compare_end(struct drive_state *d, struct effects *fx)
{
    if (d->counted)
        drive_tally_like(&d->tally, &d->game.run.state);
    else if (d->asked == DRIVE_ASKED_NOTHING)
        drive_screen_ask_count(d, fx);
}

static void run_is_known(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;
    char *dir = d->target.file ? path_dirname(d->target.file) : NULL;

    d->phase = DRIVE_PLAYING;
    sources_need_state(&d->sources, dir, &d->game.run.state);
    free(dir);
    cut_diverged(s);
    select_somebody(d);
    point_out_statement(s);
    if (drive_reached(&d->game))
        drive_goal_reached(s, fx);
    else if (d->running_on && d->asked == DRIVE_ASKED_NOTHING)
        drive_keep_running(s, fx);
    if (!d->game.goal && d->game.run.state.ended)
        compare_end(d, fx);
}

static void counted(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    drive_tally_fini(&d->tally);
    d->tally = d->counting;
    d->counting = (struct drive_tally){0};
    d->counted = true;
    if (!d->game.goal)
        drive_tally_like(&d->tally, &d->game.run.state);
    if (d->claimed)
        drive_judge_claim(s, fx);
}

static void heard_run(struct session *s, struct trace_msg *m, struct effects *fx)
{
    struct drive_state *d = s->drive;
    enum drive_asked asked = d->asked;
    enum drive_heard heard = drive_hear(&d->game, m);

    if (heard == DRIVE_MORE)
        return;
    d->asked = DRIVE_ASKED_NOTHING;
    if (heard == DRIVE_AGAIN || asked == DRIVE_ASKED_SHARED)
        drive_screen_ask_run(d, fx);
    else
        run_is_known(s, fx);
}

static void heard_count(struct session *s, struct trace_msg *m, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (!drive_tally_hear(&d->counting, &d->game, m))
        return;
    d->asked = DRIVE_ASKED_NOTHING;
    counted(s, fx);
}

static void heard_walk(struct session *s, struct trace_msg *m, struct effects *fx)
{
    struct drive_state *d = s->drive;
    enum drive_heard heard = drive_walk_hear(&d->walk, m);

    if (heard == DRIVE_AGAIN)
        ask_walk(d, fx);
    if (heard != DRIVE_KNOWN)
        return;
    d->asked = DRIVE_ASKED_NOTHING;
    d->counting = d->walk.tally;
    d->walk.tally = (struct drive_tally){0};
    drive_walk_fini(&d->walk);
    counted(s, fx);
}

static void engine_said(struct session *s, struct trace_msg *m, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (m->kind == MSG_TROUBLE)
        broken(d, m->text);
    else if (d->asked == DRIVE_ASKED_COUNT)
        heard_count(s, m, fx);
    else if (d->asked == DRIVE_ASKED_WALK)
        heard_walk(s, m, fx);
    else if (d->asked != DRIVE_ASKED_NOTHING)
        heard_run(s, m, fx);
    drive_work_off(s, fx);
}

/* ---- opening and closing ----------------------------------------------- */

static const char *test_of(const struct drive_state *d, const struct message *m)
{
    if (d->target.test)
        return d->target.test;
    return m->trace && m->trace->test_count ? m->trace->tests[0].name : NULL;
}

static bool begin_game(struct drive_state *d, const struct message *m, struct err *e)
{
    const struct drive *lesson =
        d->target.kind == TARGET_DRIVE && d->target.block ? &d->target.block->drive : NULL;
    const struct target *t = &d->target;

    if (!drive_init(&d->game, lesson, test_of(d, m), e))
        return false;
    d->started = true;
    drive_arguments(&d->game, t->args);
    return !t->token || drive_resume(&d->game, t->token,
                                     t->at_start    ? 0
                                     : t->steps > 0 ? t->steps
                                                    : -1,
                                     e);
}

static void engine_ready(struct session *s, struct message *m, struct effects *fx)
{
    struct drive_state *d = s->drive;
    struct err e;

    if (d->phase != DRIVE_BUILDING)
        return;
    sources_fini(&d->sources);
    if (d->target.file)
        sources_add(&d->sources, d->target.file, m->text);
    else
        free(m->text);
    m->text = NULL;
    if (d->started)
        d->game.known = false;
    else if (!begin_game(d, m, &e)) {
        broken(d, e.msg);
        return;
    }
    if (!d->game.lesson && d->game.schedule.range_count == 0 && !d->target.token)
        ask(d, DRIVE_ASKED_SHARED, drive_shared_request, fx);
    else
        drive_screen_ask_run(d, fx);
}

static void engine_failed(struct drive_state *d, struct message *m)
{
    free(d->build_output);
    d->build_output =
        m->report && m->report->build_output ? xstrdup(m->report->build_output) : NULL;
    d->only_watched = m->n == VERDICT_LIMIT && d->target.kind == TARGET_FILE && d->target.lesson;
    broken(d, m->text);
}

static void build(struct drive_state *d, struct effects *fx)
{
    d->phase = DRIVE_BUILDING;
    d->counted = false;
    d->asked = DRIVE_ASKED_NOTHING;
    target_copy(&effects_add(fx, EFFECT_ENGINE_OPEN)->target, &d->target);
}

static void screen_open(struct session *s, struct effects *fx)
{
    struct drive_state *d = xcalloc(1, sizeof *d);

    s->drive = d;
    target_copy(&d->target, &s->target);
    d->selected = 1;
    build(d, fx);
}

static void screen_close(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (!d)
        return;
    drive_stop_playing(d, fx);
    effects_add(fx, EFFECT_ENGINE_CLOSE);
    if (d->started)
        drive_fini(&d->game);
    drive_question_close(&d->question);
    sources_fini(&d->sources);
    drive_tally_fini(&d->tally);
    drive_tally_fini(&d->counting);
    drive_walk_fini(&d->walk);
    target_fini(&d->target);
    free(d->queue);
    free(d->how);
    free(d->broken);
    free(d->build_output);
    free(d);
    s->drive = NULL;
}

/* ---- keys
 * ------------------------------------------------------------------------------------------------
 */

static void queue_move(struct drive_state *d, enum key_request request, long n)
{
    ARRAY_GROW(d->queue, d->queue_count, d->queue_cap);
    d->queue[d->queue_count].request = request;
    d->queue[d->queue_count++].n = n;
}

static void broken_key(struct session *s, enum key_request request, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (request == KEY_RESTART && !d->only_watched)
        build(d, fx);
    else if (request == KEY_OPEN && d->build_output)
        session_open_compiler_text(s, d->build_output, fx);
}

static void key(struct session *s, const struct message *m, struct effects *fx)
{
    struct drive_state *d = s->drive;

    drive_stop_playing(d, fx);
    if (m->request != KEY_GIVE_UP)
        d->give_up_asked = false;
    if (d->phase == DRIVE_BROKEN) {
        broken_key(s, m->request, fx);
        return;
    }
    switch (m->request) {
    case KEY_HINT: drive_hint(s); break;
    case KEY_COPY: drive_copy_token(s, fx); break;
    case KEY_UP: drive_select_beside(d, -1); break;
    case KEY_DOWN: drive_select_beside(d, 1); break;
    default:
        d->running_on = false;
        queue_move(d, m->request, m->n);
        drive_work_off(s, fx);
    }
}

static void tick(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (!d->playing || d->asked != DRIVE_ASKED_NOTHING || d->phase != DRIVE_PLAYING)
        return;
    if (drive_forward(&d->game))
        drive_screen_ask_run(d, fx);
    else
        drive_stop_playing(d, fx);
}

static void screen_update(struct session *s, struct message *m, struct effects *fx)
{
    if (!s->drive)
        return;
    switch (m->kind) {
    case MESSAGE_KEY: key(s, m, fx); break;
    case MESSAGE_TICK: tick(s, fx); break;
    case MESSAGE_ENGINE_READY: engine_ready(s, m, fx); break;
    case MESSAGE_ENGINE_FAILED: engine_failed(s->drive, m); break;
    case MESSAGE_ENGINE:
        if (m->trace)
            engine_said(s, m->trace, fx);
        break;
    default: break;
    }
}

static bool screen_back(struct session *s, struct effects *fx)
{
    (void)fx;
    if (!s->drive || !s->drive->question.text)
        return false;
    drive_question_close(&s->drive->question);
    return true;
}

static bool screen_busy(const struct session *s)
{
    const struct drive_state *d = s->drive;

    return d && (d->phase == DRIVE_BUILDING || d->asked != DRIVE_ASKED_NOTHING || d->playing ||
                 d->queue_count > 0);
}

const struct session_part drive_part = {
    .open = screen_open,
    .update = screen_update,
    .close = screen_close,
    .back = screen_back,
    .busy = screen_busy,
};
