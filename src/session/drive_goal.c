/* drive_goal: what happens when a goal is met, called impossible or given up, and what is kept of it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/drive_parts.h"

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
    return drive_is_par(&d->game) ? xstrdup("par") : xasprintf("%zu step%s", d->game.at, d->game.at == 1 ? "" : "s");
}

void drive_goal_reached(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->running_on = false;
    drive_stop_playing(d, fx);
    if (!d->won || (d->how && strcmp(d->how, "par") != 0))
        won(s, how_reached(d), fx);
    if (!d->counted)
        drive_screen_ask_count(d, fx);
}

static void show_missed(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    d->missed = true;
    d->won = false;
    drive_load(&d->game, &d->tally.witness);
    drive_screen_ask_run(d, fx);
    session_notice(s, "there is a schedule that does it: Right plays it, one step at a time");
}

void drive_judge_claim(struct session *s, struct effects *fx)
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

void drive_claim(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;

    if (!d->game.goal) {
        session_notice(s, "a free drive asks for nothing, so nothing is impossible");
        return;
    }
    d->claimed = true;
    if (d->counted)
        drive_judge_claim(s, fx);
    else
        drive_screen_ask_count(d, fx);
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
    drive_start_playing(d, fx);
    drive_screen_ask_run(d, fx);
}

void drive_give_up(struct session *s, struct effects *fx)
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
        drive_claim(s, fx);
    else
        show_sched(s, fx);
}

void drive_hint(struct session *s)
{
    struct drive_state *d = s->drive;
    bool further = d->game.following; /* the hints are about the first goal */
    size_t n = d->game.lesson && !further ? d->game.lesson->hint_count : 0;

    if ((size_t)d->hints < n)
        d->hints++;
    else
        session_notice(s, n ? "that was the last hint; g shows a schedule"
                       : further ? "there are no hints for this further goal"
                                 : "there are no hints here");
}

void drive_copy_token(struct session *s, struct effects *fx)
{
    struct drive_state *d = s->drive;
    char *name = target_name(&d->target), *token = drive_token(&d->game),
         *text = xasprintf("%s@%s", name, token);

    effects_add_text(fx, EFFECT_COPY, text, 0);
    target_copy(&fx->list[fx->count - 1].target, &d->target);
    session_notice(s, "copied: %s", text);
    free(text);
    free(token);
    free(name);
}
