/* drive: the learner is the scheduler: in the terminal, or line by line (--plain), for screen
 * readers, scripts and everybody who likes it that way. Both play the game of session/drive.h.
 */
#include "app/cmd.h"
#include "app/probe.h"
#include "app/tokens.h"
#include "app/ui.h"
#include "report/goal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct driving {
    struct target target;
    const struct drive *lesson; /* NULL: a free drive */
    struct probe probe;
    struct drive_game game;
    size_t hints;
    bool reached, over;
    int status;
};

/* ---- what is driven ------------------------------------------------------------ */

static bool target_drive(struct app *app, const char *name, struct driving *d)
{
    struct target *t = &d->target;
    t->block = course_find(app->course, BLOCK_DRIVE, name, &t->lesson, &t->step);
    if (!t->block)
        return false;
    t->kind = TARGET_DRIVE;
    t->file = path_join(t->lesson->dir, t->block->drive.program);
    d->lesson = &t->block->drive;
    return true;
}

static bool target_demo(struct app *app, const char *name, struct driving *d)
{
    struct target *t = &d->target;
    const struct step *st;
    const struct block *b = course_find(app->course, BLOCK_DEMO, name, &t->lesson, &st);
    if (!b)
        return false;
    const char *args = b->demo.drive ? b->demo.drive : b->demo.args;
    t->kind = TARGET_FILE;
    t->file = xasprintf("%s/%s.c", t->lesson->dir, b->demo.program);
    t->args = args ? xstrdup(args) : NULL;
    return true;
}

static bool target_exercise(struct app *app, const char *name, struct driving *d, struct err *e)
{
    struct target *t = &d->target;
    t->exercise = cmd_exercise(app, name, e);
    if (!t->exercise || !app_workspace_ready(app, e) ||
        !workspace_prepare(app->workspace_root, t->exercise, NULL, e))
        return false;
    t->kind = TARGET_EXERCISE;
    t->file = workspace_file(app->workspace_root, t->exercise);
    return true;
}

static bool find_target(struct app *app, const char *name, struct driving *d, struct err *e)
{
    if (str_ends(name, ".c")) {
        d->target.kind = TARGET_FILE;
        d->target.file = realpath(name, NULL);
        return d->target.file || err_set(e, errno, "cannot open '%s': %s", name, strerror(errno));
    }
    if (!app_course(app))
        return err_set(e, ENOENT, "the course '%s' cannot be read", app->course_root);
    if (target_drive(app, name, d) || target_exercise(app, name, d, NULL) ||
        target_demo(app, name, d))
        return true;
    return target_exercise(app, name, d, e) ||
           err_set(e, ENOENT,
                   "there is no drive, demo, exercise or C file '%s'; 'threadmill list' "
                   "shows the steps of kind drive",
                   name);
}

/* ---- showing the moment ---------------------------------------------------------- */

static void show_thread(const struct drive_game *g, const struct trace_thread *t)
{
    const char *title = report_thread_name(&g->run.state, t->tid);
    char *why = report_blocked_because(&g->run.state, t), *next = report_next(&g->run.state, t);
    const char *file = t->at.file ? path_basename(t->at.file) : NULL;
    if (t->status == THREAD_ENDED)
        out_format("  %-20s has ended\n", title);
    else if (why)
        out_format("  %-20s %s\n", title, why);
    else if (file)
        out_format("  %-20s next: %s   (%s:%d)\n", title, next, file, t->at.line);
    else
        out_format("  %-20s next: %s\n", title, next);
    free(why);
    free(next);
}

static void show_choices(const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;
    for (size_t i = 0; i < st->choice_count; i++) {
        const struct trace_choice *c = &st->choices[i];
        const char *name = drive_name(g, c->tid);
        int wakes = drive_would_wake(g, c);
        if (c->variant == CHOICE_SPURIOUS)
            out_format("  %s.%d  %s wakes up without a signal\n", name, c->variant, name);
        else if (c->variant == CHOICE_EARLY)
            out_format("  %s.%d  time passes until %s wakes up\n", name, c->variant, name);
        else if (c->variant == CHOICE_HANDLER)
            out_format("  %s.%d  %s runs the handler of a signal first\n", name, c->variant, name);
        else if (c->variant == CHOICE_BREAK)
            out_format("  %s.%d  %s runs the handler of a signal while it waits, and the call gives up\n", name, c->variant, name);
        else if (c->variant == CHOICE_ALARM)
            out_format("  %s.%d  the alarm of %s goes off\n", name, c->variant, name);
        else if (c->variant >= CHOICE_WAKES && wakes >= 0)
            out_format("  %s.%d  %s signals, and %s is woken\n", name, c->variant, name,
                       drive_name(g, wakes));
    }
}

static void show_watches(const struct drive_game *g)
{
    const struct trace_state *st = &g->run.state;
    for (size_t i = 0; i < st->watch_count; i++) {
        char *name = drive_watch_name(g, &st->watches[i]);
        out_format("%s%s = %s", i ? "   " : "  ", name, st->watches[i].text ? st->watches[i].text : "?");
        free(name);
    }
    if (st->watch_count)
        out_text("\n");
}

static void show(const struct driving *d)
{
    const struct drive_game *g = &d->game;
    const struct trace_state *st = &g->run.state;
    char *words = drive_words(g), *score = drive_score(g->at, drive_switches(g));
    out_format("\n%s   %s\n", score, words);
    for (size_t i = 0; i < st->thread_count; i++)
        if (drive_is_driven(g, st->threads[i].tid))
            show_thread(g, &st->threads[i]);
    show_choices(g);
    show_watches(g);
    if (st->output && *st->output)
        out_format("  printed: %s%s", st->output, str_ends(st->output, "\n") ? "" : "\n");
    if (st->ended && st->failure.reason != REASON_NONE) {
        char *s = report_sentence(&st->failure, st);
        out_format("  the run ends: %s\n", s);
        free(s);
    } else if (st->ended)
        out_text("  the run has ended\n");
    free(score);
    free(words);
}

/* ---- the end of a goal -------------------------------------------------------------- */

/* A goal of some moment is looked for in every state. */
static bool tally_moments(struct driving *d, struct drive_tally *t, struct err *e)
{
    struct drive_walk w;
    if (!drive_walk_init(&w, &d->game, e))
        return false;
    bool ok = probe_walk(&d->probe, &w, e);
    *t = w.tally;
    w.tally = (struct drive_tally){0};
    drive_walk_fini(&w);
    return ok;
}

static bool tally(struct driving *d, struct drive_tally *t, struct err *e)
{
    if (d->game.goal && goal_kind_of(d->game.goal) == GOAL_REACH)
        return tally_moments(d, t, e);
    struct trace_request q = {0};
    drive_count_request(&d->game, &q);
    bool ok = probe_ask(&d->probe, &q, e);
    trace_request_fini(&q);
    for (size_t i = 0; ok && i < d->probe.outcome_count; i++) {
        struct trace_msg m = {.kind = MSG_OUTCOME, .outcome = d->probe.outcomes[i]};
        drive_tally_hear(t, &d->game, &m);
    }
    struct trace_msg done = {.kind = MSG_DONE,
                             .count = {.total = d->probe.total, .complete = d->probe.complete}};
    if (ok)
        drive_tally_hear(t, &d->game, &done);
    return ok;
}

static void show_tally(struct driving *d)
{
    struct drive_tally t = {0};
    struct err e = {0};
    if (tally(d, &t, &e) && (t.complete || !d->lesson)) {
        if (!d->lesson)
            drive_tally_like(&t, &d->game.run.state);
        char *words = drive_tally_words(&t);
        out_format("%s.\n", words);
        free(words);
    }
    drive_tally_fini(&t);
}

static void say_par(const char *before, const struct drive *l)
{
    char *score = drive_score((size_t)l->par_steps, l->par_switches);
    out_format("%s %s.\n", before, score);
    free(score);
}

static void celebrate(struct driving *d)
{
    const struct drive *l = d->lesson;
    bool further = d->game.following; /* par and what the lesson says are about the first goal */
    char *score = drive_score(d->game.at, drive_switches(&d->game));
    out_format("\nGoal reached in %s%s.\n", score, drive_is_par(&d->game) ? ": that is par" : "");
    free(score);
    if (!drive_is_par(&d->game) && l->par_steps >= 0 && !further)
        say_par("Par is", l);
    show_tally(d);
    if (l->after && !further)
        out_format("%s\n", l->after);
    d->reached = true;
    d->status = EXIT_HOLDS;
    d->over = !drive_follow(&d->game);
    if (!d->over)
        out_format("\nNow: %s\n", l->follow);
}

static void claim_impossible(struct driving *d)
{
    struct drive_tally t = {0};
    struct err e = {0};
    if (!d->lesson)
        out_text("There is no goal here.\n");
    else if (!tally(d, &t, &e))
        out_format("The schedules cannot be counted: %s\n", e.msg);
    else if (t.meet == 0 && t.complete) {
        char *none = drive_none_does(&t);
        out_format("Right: %s.\n", none);
        free(none);
        if (d->lesson->after && !d->game.following)
            out_format("%s\n", d->lesson->after);
        d->status = EXIT_HOLDS;
        d->over = true;
    } else if (t.meet)
        out_format("It is possible: %llu of %llu schedules %s it.\n", (unsigned long long)t.meet,
                   (unsigned long long)t.total, t.meet == 1 ? "does" : "do");
    else
        out_format("None of the %llu schedules tried does it, but not all could be tried.\n",
                   (unsigned long long)t.total);
    drive_tally_fini(&t);
}

/* ---- commands ------------------------------------------------------------------------- */

static void show_hint(struct driving *d)
{
    if (d->game.following)
        out_text("There are no hints for this further goal.\n");
    else if (!d->lesson || !d->lesson->hint_count)
        out_text("There is no hint here.\n");
    else {
        size_t i = d->hints < d->lesson->hint_count ? d->hints++ : d->lesson->hint_count - 1;
        out_format("hint: %s\n", d->lesson->hints[i]);
    }
}

static void show_help(void)
{
    out_text("Type threads in the order in which they take a step: A B*2 A. A.1 is a special\n"
             "step from the list. Also: back, restart, impossible, hint, token, help, quit.\n");
}

static void play(struct driving *d, const struct trace_step *step)
{
    struct err e = {0};
    if (!drive_choice(&d->game, step->tid, step->variant)) {
        char *why = drive_why_not(&d->game, step->tid);
        out_format("%s\n", why ? why : "That step cannot be taken now.");
        free(why);
        return;
    }
    drive_step(&d->game, step->tid, step->variant);
    if (!probe_play(&d->probe, &d->game, &e)) {
        d->status = app_fail("drive: %s", e.msg);
        d->over = true;
    }
}

/* Plays one word ("B*2"); false when it cannot be played to its end. */
static bool play_word(struct driving *d, const char *word)
{
    struct trace_schedule s = {0};
    struct err e = {0};
    bool ok = drive_parse_words(&d->game, word, &s, &e);
    if (!ok)
        out_format("%s. Type help for what can be typed.\n", e.msg);
    for (size_t i = 0; ok && i < s.step_count; i++) {
        ok = drive_choice(&d->game, s.steps[i].tid, s.steps[i].variant) != NULL;
        play(d, &s.steps[i]);
        ok = ok && !d->over;
    }
    trace_schedule_fini(&s);
    return ok;
}

/* Word by word: a later word may name a thread that an earlier one creates. */
static void play_words(struct driving *d, char *line)
{
    char *save = NULL;
    for (char *word = strtok_r(line, " \t,", &save); word; word = strtok_r(NULL, " \t,", &save))
        if (!play_word(d, word))
            return;
}

static void again(struct driving *d)
{
    struct err e = {0};
    if (!probe_play(&d->probe, &d->game, &e)) {
        d->status = app_fail("drive: %s", e.msg);
        d->over = true;
    }
}

static void go_back(struct driving *d)
{
    if (!drive_back(&d->game))
        out_text("This is the beginning.\n");
    again(d);
}

static void restart(struct driving *d)
{
    drive_restart(&d->game);
    again(d);
}

static void show_token(struct driving *d)
{
    char *name = target_name(&d->target), *token = drive_token(&d->game), *text = xasprintf("%s@%s", name, token);
    tokens_remember_drive(d->probe.app->paths.cache, text, &d->target);
    out_format("%s\n", text);
    free(text);
    free(token);
    free(name);
}

static void quit(struct driving *d) { d->over = true; }
static void help(struct driving *d)
{
    (void)d;
    show_help();
}

static const struct word {
    const char *word, *letter;
    void (*run)(struct driving *d);
} words[] = {
    {"back", "b", go_back},   {"restart", "R", restart},  {"impossible", "i", claim_impossible},
    {"hint", "h", show_hint}, {"token", "y", show_token}, {"help", "?", help},
    {"quit", "q", quit},
};

static bool command(struct driving *d, const char *line)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool named = strcmp(line, words[i].word) == 0;
        bool by_letter = strcmp(line, words[i].letter) == 0 && drive_find(&d->game, line) < 0;
        if (!named && !by_letter)
            continue;
        words[i].run(d);
        return true;
    }
    return false;
}

static void take_line(struct driving *d, char *line)
{
    char *text = str_trim(line);
    if (!*text)
        return;
    if (!command(d, text))
        play_words(d, text);
    if (!d->over && d->lesson && drive_reached(&d->game)) {
        show(d);
        celebrate(d);
        if (!d->over)
            again(d);
    }
    if (!d->over)
        show(d);
    if (!d->over && !d->lesson && d->game.run.state.ended)
        show_tally(d);
}

static void introduce(const struct driving *d)
{
    const struct drive *l = d->lesson;
    if (l) {
        out_format("%s\nGoal: %s\n", d->target.step->title, l->goal);
        if (!l->impossible && l->par_steps >= 0)
            say_par("Par:", l);
    }
    show_help();
}

static int drive_lines(struct driving *d)
{
    char *line = NULL;
    size_t cap = 0;
    d->status = d->lesson ? EXIT_FAILS : EXIT_HOLDS;
    introduce(d);
    show(d);
    while (!d->over) {
        out_text(isatty(STDIN_FILENO) ? "> " : "");
        fflush(stdout);
        if (ferror(stdout) || getline(&line, &cap, stdin) < 0)
            break;
        take_line(d, line);
    }
    out_text("\n");
    free(line);
    return d->status;
}

/* ---- the beginning ----------------------------------------------------------------------- */

static bool ask_shared(struct driving *d, struct err *e)
{
    struct trace_request q = {0};
    drive_shared_request(&d->game, &q);
    d->probe.game = &d->game;
    bool ok = probe_ask(&d->probe, &q, e);
    d->probe.game = NULL;
    trace_request_fini(&q);
    return ok;
}

static bool begin(struct app *app, struct driving *d, struct err *e)
{
    struct judge_options o;
    judge_options_init(&o);
    o.races = RACES_IGNORE;
    if (!probe_open(&d->probe, app, d->target.exercise, d->target.file, &o, e))
        return false;
    const char *test = d->lesson ? NULL : d->probe.tests[0].name;
    if (!drive_init(&d->game, d->lesson, test, e)) {
        probe_close(&d->probe);
        return false;
    }
    drive_arguments(&d->game, d->target.args);
    if ((d->lesson || ask_shared(d, e)) && probe_play(&d->probe, &d->game, e))
        return true;
    drive_fini(&d->game);
    probe_close(&d->probe);
    return false;
}

static int drive_plain(struct app *app, struct driving *d)
{
    struct err e = {0};
    if (!begin(app, d, &e))
        return app_fail("drive: %s", e.msg);
    int status = drive_lines(d);
    drive_fini(&d->game);
    probe_close(&d->probe);
    return status;
}

static int drive_live(struct app *app, struct driving *d)
{
    struct ui_start start = {.target = &d->target, .screen = SCREEN_DRIVE};
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return app_fail(
            "drive needs a terminal; with --plain it reads choices from standard input");
    return ui_main(app, &start);
}

int cmd_drive(struct app *app, int argc, char **argv)
{
    bool plain = false;
    const struct opt opts[] = {{"plain", OPT_FLAG, &plain}};
    struct args a;
    struct err e = {0};
    struct driving d = {0};
    if (!opt_parse(argc, argv, opts, 1, 1, 1, &a, &e))
        return opt_fail("drive", &e);
    int status;
    bool found = find_target(app, a.items[0], &d, &e);
    if (found && a.rest_count) {
        free(d.target.args);
        d.target.args = args_join(&a);
    }
    if (!found)
        status = app_fail("drive: %s", e.msg);
    else
        status = plain ? drive_plain(app, &d) : drive_live(app, &d);
    target_fini(&d.target);
    return status;
}
