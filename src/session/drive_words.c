/* drive_words: what the drive's screen says about the game, in sentences. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/drive_screen.h"

char *drive_screen_goal(const struct drive_game *g)
{
    if (!g->goal)
        return xstrdup("a free drive: nothing is asked");
    switch (goal_kind_of(g->goal)) {
    case GOAL_FINAL: return xasprintf("goal: %s at the end", goal_text(g->goal));
    case GOAL_REACH: return xasprintf("goal: %s at some moment", goal_text(g->goal));
    case GOAL_DEADLOCK: return xstrdup("goal: a deadlock");
    case GOAL_CRASH: return xstrdup("goal: a crash");
    case GOAL_OUTPUT: break;
    }
    return xasprintf("goal: it prints %s", goal_text(g->goal));
}

char *drive_goal_words(const char *goal)
{
    static const struct {
        const char *word, *before;
    } goals[] = {
        {"final ", "at the end "}, {"reach ", "at some moment "}, {"output ", "it prints "}};

    for (size_t i = 0; i < sizeof goals / sizeof *goals; i++)
        if (str_starts(goal, goals[i].word))
            return xasprintf("%s`%s`", goals[i].before, goal + strlen(goals[i].word));
    return strcmp(goal, "deadlock") == 0 || strcmp(goal, "crash") == 0 ? xasprintf("a %s", goal) : xstrdup(goal);
}

char *drive_screen_score(const struct drive_game *g, bool brief)
{
    const struct drive *l = g->lesson;
    int sw = drive_switches(g);
    bool par = l && l->par_steps >= 0 && !g->following;
    char *steps = par ? xasprintf("%zu of par %d%s", g->at, l->par_steps, brief ? "" : " steps")
                      : xasprintf("%zu step%s", g->at, g->at == 1 ? "" : "s");
    char *text = brief ? xasprintf("%s · %d sw", steps, sw)
                       : xasprintf("%s · %d switch%s", steps, sw, sw == 1 ? "" : "es");

    free(steps);
    return text;
}

int drive_screen_letter(const struct session *s, uint32_t letter)
{
    const struct drive_game *g = &s->drive->game;

    for (size_t i = 0; i < g->role_count; i++)
        if (g->roles[i].name[1] == '\0' && (uint32_t)(unsigned char)g->roles[i].name[0] == letter &&
            !strchr(DRIVE_KEYS, (int)letter))
            return g->roles[i].tid;
    return TRACE_NO_THREAD;
}

struct words {
    struct drive_word *out;
    size_t n;
};

static void add(struct words *w, enum drive_tone tone, char *text)
{
    if (w->n < DRIVE_WORDS)
        w->out[w->n++] = (struct drive_word){tone, text};
    else
        free(text);
}

static void add_hints(struct words *w, const struct drive_state *d)
{
    for (int i = 0; i < d->hints && i < 4; i++)
        add(w, DRIVE_HINT, xasprintf("hint %d: %s", i + 1, d->game.lesson->hints[i]));
}

/* The first process's: it is the one that has something to show at the end. */
static char *final_values(const struct trace_state *st)
{
    struct strbuf b = STRBUF_INIT;

    for (size_t i = 0; i < st->watch_count; i++)
        if (st->watches[i].text && !st->watches[i].process)
            strbuf_addf(&b, "%s`%s = %s`", b.len ? ", " : "", st->watches[i].name,
                        st->watches[i].text);
    return strbuf_take(&b);
}

static void add_end(struct words *w, const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;

    if (!st->ended)
        return;
    if (st->failure.reason != REASON_NONE) {
        char *sentence = report_sentence(&st->failure, st);
        add(w, DRIVE_BAD,
            xasprintf("%s: %s%s", verdict_id(reason_verdict(st->failure.reason)), sentence,
                      g->goal ? ". That is not the goal: `b` goes back." : ""));
        free(sentence);
        return;
    }
    char *values = final_values(st);
    add(w, DRIVE_PLAIN,
        xasprintf("The run is over%s%s%s", *values ? ": " : "", values,
                  g->goal ? ". That is not the goal: `b` goes back, `R` starts again."
                          : "; `b` goes back."));
    free(values);
}

static char *reached_words(const struct drive_game *g)
{
    const struct drive *l = g->lesson;
    char *score = drive_score(g->at, drive_switches(g)), *par = NULL, *text;

    if (l && l->par_steps >= 0 && !g->following)
        par = drive_score((size_t)l->par_steps, l->par_switches);
    if (drive_is_par(g))
        text = xasprintf("Reached: %s. That is par.", score);
    else if (par)
        text = xasprintf("Reached: %s. Par is %s.", score, par);
    else
        text = xasprintf("Reached: %s.", score);
    free(par);
    free(score);
    return text;
}

static void add_figures(struct words *w, const struct drive_state *d)
{
    if (d->counted) {
        char *text = drive_tally_words(&d->tally);
        add(w, DRIVE_PLAIN, xasprintf("%s.", text));
        free(text);
    } else if (d->asked >= DRIVE_ASKED_COUNT) {
        add(w, DRIVE_PLAIN, xstrdup("Running every schedule …"));
    }
}

static void add_after(struct words *w, const struct session *s)
{
    const struct drive_state *d = s->drive;
    const struct drive *l = d->game.lesson;

    if (l->after && !d->game.following)
        add(w, DRIVE_PLAIN, xstrdup(l->after));
    if (l->follow && !d->game.following) {
        char *goal = drive_goal_words(l->follow);
        add(w, DRIVE_PLAIN, xasprintf("`Enter`: one more goal in the same program: %s", goal));
        free(goal);
    } else if (d->target.step && !s->direct)
        add(w, DRIVE_PLAIN, xstrdup("`Enter`: back to the lesson"));
}

static void add_reached(struct words *w, const struct session *s)
{
    const struct drive_state *d = s->drive;

    add(w, DRIVE_GOOD, reached_words(&d->game));
    add_figures(w, d);
    if (d->won)
        add_after(w, s);
}

static void add_claim(struct words *w, const struct session *s)
{
    const struct drive_state *d = s->drive;

    if (d->won && d->tally.meet == 0) {
        char *none = drive_none_does(&d->tally);
        add(w, DRIVE_GOOD, xasprintf("%s: %s.", d->gave_up ? "It is impossible" : "Right", none));
        free(none);
        add_after(w, s);
    } else if (d->missed) {
        add(w, DRIVE_BAD,
            xasprintf("Not impossible: %" PRIu64 " of %" PRIu64
                      " schedules %s it. One is loaded: `Right` plays it.",
                      d->tally.meet, d->tally.total, d->tally.meet == 1 ? "does" : "do"));
    } else if (d->asked >= DRIVE_ASKED_COUNT) {
        add(w, DRIVE_PLAIN, xstrdup("Running every schedule …"));
    }
}

size_t drive_screen_words(const struct session *s, struct drive_word *out)
{
    const struct drive_state *d = s->drive;
    struct words w = {.out = out};

    if (!d->started)
        return 0;
    if (drive_reached(&d->game)) {
        add_reached(&w, s);
        return w.n;
    }
    if (!d->won)
        add_hints(&w, d);
    if (d->claimed)
        add_claim(&w, s);
    if (!d->claimed || !d->won)
        add_end(&w, &d->game);
    if (!d->game.goal && d->game.run.state.ended)
        add_figures(&w, d);
    return w.n;
}
