/* drive_moves: what the learner asks of the game, one move at a time. Every key that moves waits in the
 * queue, also when the engine is idle; the queue is worked off as answers come.
 */
#include <stdlib.h>
#include <string.h>

#include "session/drive_parts.h"

#define AUTOPLAY_MS 700
#define WAYS        64  /* in which one call may go */
#define RUN_ON_MOST 300 /* steps one press of r takes at most */

/* ---- a question to the learner ----------------------------------------- */

void drive_question_close(struct drive_question *q)
{
    free(q->text);
    for (size_t i = 0; i < q->count; i++)
        free(q->labels[i]);
    *q = (struct drive_question){0};
}

/* What a call that may go in several ways asks. */
static const char *ways_question(enum event_kind next)
{
    switch (next) {
    case EVENT_POLL: return "Several are ready; number 1 was first. In which order is it told of them?";
    case EVENT_WAIT: return "Several processes have ended. Of which is it told?";
    case EVENT_FD_READ:
    case EVENT_FD_WRITE: return "It may move fewer bytes than it could. In which way?";
    default: return "Several wait. Whom does the signal wake?";
    }
}

static bool is_handler(const struct trace_choice *c)
{
    return c->variant == CHOICE_HANDLER || c->variant == CHOICE_BREAK;
}

/* How many of the first options are that the handler of a signal runs. The engine tells these before the others. */
static size_t handlers(const struct trace_choice *options, size_t n)
{
    size_t h = 0;

    while (h < n && h < DRIVE_OPTIONS && is_handler(&options[h]))
        h++;
    return h;
}

static char *way_label(const struct drive_game *g, const struct trace_choice *c)
{
    const struct trace_thread *t = drive_thread(g, c->tid);
    int k = c->variant >= CHOICE_WAKES ? c->variant - CHOICE_WAKES : 0, tid;

    switch (t ? t->next : EVENT_NONE) {
    case EVENT_POLL: return report_order((int)t->value, k);
    case EVENT_WAIT: return xasprintf("number %d, as they were started", k + 1);
    case EVENT_FD_READ:
    case EVENT_FD_WRITE: return k ? xasprintf("fewer bytes (%d)", k) : xstrdup("all bytes");
    default:
        tid = drive_would_wake(g, c);
        return tid == TRACE_NO_THREAD ? xasprintf("the one that waits as number %d", k + 1)
                                      : xstrdup(report_thread_name(&g->run.state, tid));
    }
}

/* Among the ways of a thread for which a signal has come: its handler runs now, or the call goes one of its `ways`
 * and the handler runs later. */
static char *signal_label(const struct drive_game *g, const struct trace_choice *c, size_t ways)
{
    static const char later[] = "the next step, and the handler later";

    if (c->variant == CHOICE_HANDLER)
        return xstrdup("the handler runs, and then the next step is as it was");
    if (c->variant == CHOICE_BREAK)
        return xstrdup("the handler runs while it waits, and the call gives up");
    if (ways == 1)
        return xstrdup(later);
    char *way = way_label(g, c), *text = xasprintf("%s: %s", later, way);
    free(way);
    return text;
}

static void question_open(struct drive_state *d, char *text, const struct trace_choice *options,
                          size_t n, bool ways)
{
    struct drive_question *q = &d->question;
    size_t h = handlers(options, n);

    drive_question_close(q);
    q->text = text;
    q->count = n < DRIVE_OPTIONS ? n : DRIVE_OPTIONS;
    for (size_t i = 0; i < q->count; i++) {
        q->options[i] = options[i];
        q->labels[i] = h      ? signal_label(&d->game, &options[i], n - h)
                       : ways ? way_label(&d->game, &options[i])
                              : xstrdup(report_thread_name(&d->game.run.state, options[i].tid));
    }
}

static void ask_which_line(struct session *s)
{
    struct drive_state *d = s->drive;
    struct drive_question *q = &d->question;

    if (d->game.line_count == 0) {
        session_notice(s, "go back and choose another step: the way you took is kept here");
        return;
    }
    drive_question_close(q);
    q->lines = true;
    q->text = xstrdup("You have also tried these. Which one do you want back?");
    for (; q->count < d->game.line_count && q->count < DRIVE_OPTIONS; q->count++)
        q->labels[q->count] = drive_line_words(&d->game, q->count);
}

/* ---- moves ------------------------------------------------------------- */

void drive_start_playing(struct drive_state *d, struct effects *fx)
{
    d->playing = true;
    effects_add(fx, EFFECT_TICK)->n = AUTOPLAY_MS;
}

void drive_stop_playing(struct drive_state *d, struct effects *fx)
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
    if (d->missed && d->game.at == d->game.schedule.step_count)
        d->claimed = false; /* the schedule that was loaded is left */
    drive_screen_ask_run(d, fx);
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
    struct trace_choice ways[WAYS];
    size_t n = drive_choices(&d->game, tid, CHOICE_WAKES, ways, WAYS);

    if (n == 0) {
        d->running_on = false;
        say_why_not(s, tid);
    } else if (n == 1) {
        play(d, &ways[0], fx);
    } else {
        d->running_on = false;
        const char *text = handlers(ways, n) ? "A signal has come for it. What happens first?"
                                             : ways_question(drive_thread(&d->game, tid)->next);
        question_open(d, xstrdup(text), ways, n, true);
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

/* Why nobody can be woken without a signal. */
static const char *why_no_spurious(const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;

    for (size_t i = 0; i < st->thread_count; i++)
        if (st->threads[i].status == THREAD_WAITING)
            return g->lesson && !g->lesson->spurious ? "in this drive nobody wakes up without a signal"
                                                     : "the one wakeup without a signal was used up";
    return "nobody waits on a condition variable now";
}

static void run_on(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->running_on = true;
    d->run_steps = 0;
    step_thread(s, d->selected, fx);
}

/* After a step of r: once more, unless there is something to look at. */
void drive_keep_running(struct session *s, struct effects *fx)
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

void drive_select_beside(struct drive_state *d, int by)
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

/* ---- one move ---------------------------------------------------------- */

static void begin_again(struct drive_state *d, struct effects *fx)
{
    d->missed = d->gave_up = d->claimed = d->give_up_asked = false;
    d->won = false;
    drive_restart(&d->game);
    drive_screen_ask_run(d, fx);
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

/* Nothing is left to do here, though threads might go on: the goal is met, or no schedule meets it. Wherever the
 * words under the code offer Enter as the way back this is true. */
static bool is_over(const struct drive_state *d)
{
    return d->game.run.state.ended || drive_reached(&d->game) || (d->claimed && d->tally.meet == 0);
}

static void enter(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (d->won && d->game.lesson && d->game.lesson->follow && !d->game.following)
        next_goal(s, fx);
    else if (d->won && is_over(d))
        leave(s, fx); /* d is gone */
    else
        step_thread(s, d->selected, fx);
}

static void back_or_say(struct session *s, bool moved, const char * not, struct effects *fx)
{
    if (moved)
        drive_screen_ask_run(s->drive, fx);
    else
        session_notice(s, "%s", not );
}

static void answer_question(struct drive_state *d, long n, struct effects *fx)
{
    struct trace_choice c;

    if (n < 1 || (size_t)n > d->question.count)
        return;
    bool line = d->question.lines;
    c = d->question.options[n - 1];
    drive_question_close(&d->question);
    if (!line)
        play(d, &c, fx);
    else if (drive_line_take(&d->game, (size_t)n - 1))
        drive_screen_ask_run(d, fx);
}

static void move(struct session *s, enum key_request request, long n, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (d->question.text && request == KEY_THREAD) {
        answer_question(d, n, fx);
        return;
    }
    drive_question_close(&d->question);
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
        odd_step(s, CHOICE_SPURIOUS, why_no_spurious(&d->game), "Who wakes up without a signal?", fx);
        break;
    case KEY_LINES: ask_which_line(s); break;
    case KEY_IMPOSSIBLE: drive_claim(s, fx); break;
    case KEY_GIVE_UP: drive_give_up(s, fx); break;
    default: break;
    }
}

/* Works off what was typed, until the engine has something to do again. */
void drive_work_off(struct session *s, struct effects *fx)
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
