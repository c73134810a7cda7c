/* drive_screen: see drive_screen.h. Every key that moves goes through the queue, also when the
 * engine is idle; the queue is worked off one move at a time, as answers come.
 */
#include "session/drive_screen.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/parts.h"

#define AUTOPLAY_MS 700
#define RUN_ON_MOST 300 /* steps one press of r takes at most */

/* ---- asking ------------------------------------------------------------ */

typedef void ask_fn(const struct drive_game *g, struct trace_request *out);

static void ask(struct drive_state *d, enum drive_asked what, ask_fn *fill, struct effects *fx)
{
    struct trace_request *req = xcalloc(1, sizeof *req);

    fill(&d->game, req);
    effects_add(fx, EFFECT_ENGINE_ASK)->request = req;
    d->asked = what;
}

static void ask_run(struct drive_state *d, struct effects *fx)
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
static void ask_count(struct drive_state *d, struct effects *fx)
{
    drive_tally_fini(&d->counting);
    if (goal_kind_of(d->game.goal) != GOAL_REACH) {
        ask(d, DRIVE_ASKED_COUNT, drive_count_request, fx);
        return;
    }
    drive_walk_fini(&d->walk);
    if (drive_walk_init(&d->walk, &d->game, NULL))
        ask_walk(d, fx);
}

/* ---- a question to the learner ----------------------------------------- */

static void question_close(struct drive_question *q)
{
    free(q->text);
    for (size_t i = 0; i < q->count; i++)
        free(q->labels[i]);
    *q = (struct drive_question){0};
}

static char *option_label(const struct drive_game *g, const struct trace_choice *c, bool wakes)
{
    int tid = wakes ? drive_would_wake(g, c) : c->tid;

    if (tid == TRACE_NO_THREAD)
        return xasprintf("the one that waits as number %d",
                         c->variant >= CHOICE_WAKES ? c->variant - CHOICE_WAKES + 1 : 1);
    return drive_title(g, tid);
}

static void question_open(struct drive_state *d, char *text, const struct trace_choice *options,
                          size_t n, bool wakes)
{
    struct drive_question *q = &d->question;

    question_close(q);
    q->text = text;
    q->wakes = wakes;
    q->count = n < DRIVE_OPTIONS ? n : DRIVE_OPTIONS;
    for (size_t i = 0; i < q->count; i++) {
        q->options[i] = options[i];
        q->labels[i] = option_label(&d->game, &options[i], wakes);
    }
}

/* ---- moves ------------------------------------------------------------- */

static void stop_playing(struct drive_state *d, struct effects *fx)
{
    if (!d->playing)
        return;
    d->playing = false;
    effects_add(fx, EFFECT_TICK)->n = 0;
}

static void play(struct drive_state *d, const struct trace_choice *c, struct effects *fx)
{
    drive_step(&d->game, c->tid, c->variant);
    d->selected = c->tid;
    ask_run(d, fx);
}

static void say_why_not(struct session *s, int tid)
{
    struct drive_game *g = &s->drive->game;
    char *why = drive_why_not(g, tid);

    if (why)
        session_notice(s, "%s%s", why,
                       drive_choice(g, tid, CHOICE_EARLY)      ? "; t lets the time pass"
                       : drive_choice(g, tid, CHOICE_SPURIOUS) ? "; z wakes it without a signal"
                                                               : "");
    free(why);
}

/* The announced operation of a thread. A signal that could wake several asks whom. */
static void step_thread(struct session *s, int tid, struct effects *fx)
{
    struct drive_state *d = s->drive;
    struct trace_choice ways[DRIVE_OPTIONS];
    size_t n = drive_choices(&d->game, tid, CHOICE_WAKES, ways, DRIVE_OPTIONS);

    if (n == 0) {
        d->running_on = false;
        say_why_not(s, tid);
    } else if (n == 1) {
        play(d, &ways[0], fx);
    } else {
        d->running_on = false;
        question_open(d, xstrdup("Several wait. Whom does the signal wake?"), ways, n, true);
    }
}

/* z and t: the selected thread if it can, the only one that can, or a question. */
static void odd_step(struct session *s, int variant, const char *none, const char *which,
                     struct effects *fx)
{
    struct drive_state *d = s->drive;
    struct trace_choice ways[DRIVE_OPTIONS];
    size_t n = drive_choices(&d->game, TRACE_NO_THREAD, variant, ways, DRIVE_OPTIONS);
    const struct trace_choice *own = drive_choice(&d->game, d->selected, variant);

    if (n == 0)
        session_notice(s, "%s", none);
    else if (own || n == 1)
        play(d, own ? own : &ways[0], fx);
    else
        question_open(d, xstrdup(which), ways, n, false);
}

static void run_on(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->running_on = true;
    d->run_steps = 0;
    step_thread(s, d->selected, fx);
}

/* After a step of r: once more, unless there is something to look at. */
static void keep_running(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (++d->run_steps >= RUN_ON_MOST) {
        d->running_on = false;
        session_notice(s, "%d steps, and it could go on: r once more", RUN_ON_MOST);
    } else if (!d->game.run.state.ended && drive_choice(&d->game, d->selected, CHOICE_PLAIN)) {
        step_thread(s, d->selected, fx);
    } else {
        d->running_on = false;
    }
}

static void select_beside(struct drive_state *d, int by)
{
    const struct trace_state *st = &d->game.run.state;
    int n = (int)st->thread_count, at = 0;

    while (at < n && st->threads[at].tid != d->selected)
        at++;
    for (int i = at + by; i >= 0 && i < n; i += by)
        if (drive_is_driven(&d->game, st->threads[i].tid) &&
            st->threads[i].status != THREAD_ENDED) {
            d->selected = st->threads[i].tid;
            return;
        }
}

/* ---- the goal ---------------------------------------------------------- */

static int rank(const char *how)
{
    if (!how)
        return 0;
    if (strcmp(how, "shown") == 0)
        return 1;
    return strcmp(how, "par") == 0 || strcmp(how, "impossible") == 0 ? 3 : 2;
}

/* What was reached once is not lost by a worse second time. */
static void remember(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;
    bool more = d->game.lesson && d->game.lesson->follow && !d->game.following;
    const struct target *t = &d->target;

    if (!t->step || !t->block || more)
        return;
    if (rank(d->how) > rank(session_block_state(s, t->step, t->block)))
        session_block_done(s, t->step, t->block, d->how, fx);
}

static void won(struct session *s, char *how, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->won = true;
    free(d->how);
    d->how = how;
    remember(s, fx);
}

static char *how_reached(const struct drive_state *d)
{
    if (d->gave_up || d->missed)
        return xstrdup("shown");
    return drive_is_par(&d->game) ? xstrdup("par") : xasprintf("%zu steps", d->game.at);
}

static void reached(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->running_on = false;
    stop_playing(d, fx);
    if (!d->won || (d->how && strcmp(d->how, "par") != 0))
        won(s, how_reached(d), fx);
    if (!d->counted)
        ask_count(d, fx);
}

static void start_playing(struct drive_state *d, struct effects *fx)
{
    d->playing = true;
    effects_add(fx, EFFECT_TICK)->n = AUTOPLAY_MS;
}

static void show_missed(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->missed = true;
    d->won = false;
    drive_load(&d->game, &d->tally.witness);
    ask_run(d, fx);
    session_notice(s, "there is a schedule that does it: Right plays it, one step at a time");
}

static void judge_claim(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (d->tally.meet > 0 && d->tally.has_witness)
        show_missed(s, fx);
    else if (d->tally.meet == 0 && d->tally.complete)
        won(s, xstrdup(d->gave_up ? "shown" : "impossible"), fx);
    else
        session_notice(
            s, "none of %" PRIu64 " schedules does it, but there are more than could be run",
            d->tally.total);
}

static void claim(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (!d->game.goal) {
        session_notice(s, "a free drive asks for nothing, so nothing is impossible");
        return;
    }
    d->claimed = true;
    if (d->counted)
        judge_claim(s, fx);
    else
        ask_count(d, fx);
}

static void show_sched(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;
    struct trace_schedule sched;
    struct err e;

    if (!drive_parse_words(&d->game, d->game.lesson->sched, &sched, &e)) {
        session_notice(s, "the lesson's schedule cannot be played: %s", e.msg);
        return;
    }
    drive_load(&d->game, &sched);
    trace_schedule_fini(&sched);
    start_playing(d, fx);
    ask_run(d, fx);
}

static void give_up(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;
    const struct drive *l = d->game.lesson;

    if (!l || d->game.following || (!l->sched && !l->impossible)) {
        session_notice(s, l ? "there is no schedule to show for this one"
                            : "a free drive asks for nothing: there is nothing to give up");
        return;
    }
    if (!d->give_up_asked) {
        d->give_up_asked = true;
        session_notice(s, "press g once more and the lab plays a schedule for you");
        return;
    }
    d->gave_up = true;
    if (l->impossible)
        claim(s, fx);
    else
        show_sched(s, fx);
}

static void hint(struct session *s)
{
    struct drive_state *d = s->drive;
    size_t n = d->game.lesson ? d->game.lesson->hint_count : 0;

    if ((size_t)d->hints < n)
        d->hints++;
    else
        session_notice(s, n ? "that was the last hint; g shows a schedule"
                            : "there are no hints here");
}

static char *subject(const struct drive_state *d)
{
    const char *file = d->target.exercise ? d->target.exercise->name
                       : d->target.file   ? path_basename(d->target.file)
                                          : "drive";
    size_t n = strlen(file);

    return xstrndup(file, str_ends(file, ".c") ? n - 2 : n);
}

static void copy_token(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;
    char *name = subject(d), *token = drive_token(&d->game),
         *text = xasprintf("%s@%s", name, token);

    effects_add_text(fx, EFFECT_COPY, text, 0);
    target_copy(&fx->list[fx->count - 1].target, &d->target);
    session_notice(s, "copied: %s", text);
    free(text);
    free(token);
    free(name);
}

/* ---- one move ---------------------------------------------------------- */

static void begin_again(struct drive_state *d, struct effects *fx)
{
    d->missed = d->gave_up = d->claimed = d->give_up_asked = false;
    d->won = false;
    drive_restart(&d->game);
    ask_run(d, fx);
}

static void next_goal(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    drive_follow(&d->game);
    drive_tally_fini(&d->tally);
    d->counted = false;
    d->hints = 0;
    begin_again(d, fx);
}

static void leave(struct session *s, struct effects *fx)
{
    if (s->depth == s->direct)
        session_notice(s, "q leaves; R plays it again");
    else
        session_pop(s, fx);
}

static void enter(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (d->won && d->game.lesson && d->game.lesson->follow && !d->game.following)
        next_goal(s, fx);
    else if (d->won && (d->game.run.state.ended || strcmp(d->how, "impossible") == 0))
        leave(s, fx); /* d is gone */
    else
        step_thread(s, d->selected, fx);
}

static void back_or_say(struct session *s, bool moved, const char * not, struct effects *fx)
{
    if (moved)
        ask_run(s->drive, fx);
    else
        session_notice(s, "%s", not );
}

static void answer_question(struct drive_state *d, long n, struct effects *fx)
{
    struct trace_choice c;

    if (n < 1 || (size_t)n > d->question.count)
        return;
    c = d->question.options[n - 1];
    question_close(&d->question);
    play(d, &c, fx);
}

static void move(struct session *s, enum key_request request, long n, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (d->question.text && request == KEY_THREAD) {
        answer_question(d, n, fx);
        return;
    }
    question_close(&d->question);
    switch (request) {
    case KEY_THREAD: step_thread(s, (int)n, fx); break;
    case KEY_STEP_AGAIN: step_thread(s, d->selected, fx); break;
    case KEY_OPEN: enter(s, fx); break;
    case KEY_RUN_ON: run_on(s, fx); break;
    case KEY_UNDO: back_or_say(s, drive_back(&d->game), "this is the beginning", fx); break;
    case KEY_RIGHT:
        back_or_say(s, drive_forward(&d->game), "nothing was taken back: choose who goes on", fx);
        break;
    case KEY_RESTART: begin_again(d, fx); break;
    case KEY_TIME:
        odd_step(s, CHOICE_EARLY, "nobody sleeps whom time could wake now",
                 "Up to whose waking does the time pass?", fx);
        break;
    case KEY_SPURIOUS:
        odd_step(s, CHOICE_SPURIOUS, "nobody waits on a condition variable now",
                 "Who wakes up without a signal?", fx);
        break;
    case KEY_IMPOSSIBLE: claim(s, fx); break;
    case KEY_GIVE_UP: give_up(s, fx); break;
    default: break;
    }
}

/* Works off what was typed, until the engine has something to do again. */
static void work_off(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    while (s->drive == d && d->asked == DRIVE_ASKED_NOTHING && d->phase == DRIVE_PLAYING &&
           d->queue_count > 0) {
        enum key_request request = d->queue[0].request;
        long n = d->queue[0].n;
        d->queue_count--;
        memmove(d->queue, d->queue + 1, d->queue_count * sizeof *d->queue);
        move(s, request, n, fx);
    }
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

    if (s->told_statement || !t || t->next != EVENT_WRITE || t->at.line <= 0)
        return;
    for (size_t i = g->run.count; i-- > 0 && drive_is_new(g, i);) {
        const struct trace_event *ev = &g->run.events[i];
        if (ev->tid != t->tid || ev->kind != EVENT_READ || ev->at.line != t->at.line)
            continue;
        s->told_statement = true;
        session_notice(
            s, "line %d is one statement, but several steps: it has read, and not yet written",
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
        reached(s, fx);
    else if (d->running_on && d->asked == DRIVE_ASKED_NOTHING)
        keep_running(s, fx);
}

static void counted(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    drive_tally_fini(&d->tally);
    d->tally = d->counting;
    d->counting = (struct drive_tally){0};
    d->counted = true;
    if (d->claimed)
        judge_claim(s, fx);
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
        ask_run(d, fx);
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
    work_off(s, fx);
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
        ask_run(d, fx);
}

static void engine_failed(struct drive_state *d, struct message *m)
{
    free(d->build_output);
    d->build_output =
        m->report && m->report->build_output ? xstrdup(m->report->build_output) : NULL;
    broken(d, m->text);
}

static void build(struct drive_state *d, struct effects *fx)
{
    d->phase = DRIVE_BUILDING;
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
    stop_playing(d, fx);
    effects_add(fx, EFFECT_ENGINE_CLOSE);
    if (d->started)
        drive_fini(&d->game);
    question_close(&d->question);
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

    if (request == KEY_RESTART)
        build(d, fx);
    else if (request == KEY_OPEN && d->build_output)
        session_open_compiler_text(s, d->build_output, fx);
}

static void key(struct session *s, const struct message *m, struct effects *fx)
{
    struct drive_state *d = s->drive;

    stop_playing(d, fx);
    if (m->request != KEY_GIVE_UP)
        d->give_up_asked = false;
    if (d->phase == DRIVE_BROKEN) {
        broken_key(s, m->request, fx);
        return;
    }
    switch (m->request) {
    case KEY_HINT: hint(s); break;
    case KEY_COPY: copy_token(s, fx); break;
    case KEY_UP: select_beside(d, -1); break;
    case KEY_DOWN: select_beside(d, 1); break;
    default:
        d->running_on = false;
        queue_move(d, m->request, m->n);
        work_off(s, fx);
    }
}

static void tick(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (!d->playing || d->asked != DRIVE_ASKED_NOTHING || d->phase != DRIVE_PLAYING)
        return;
    if (drive_forward(&d->game))
        ask_run(d, fx);
    else
        stop_playing(d, fx);
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
    question_close(&s->drive->question);
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
