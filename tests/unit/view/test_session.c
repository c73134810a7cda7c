/* session_update: what messages change and what they ask for. No terminal, no loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "screen/key.h"
#include "session/cards.h"
#include "session/exercise.h"
#include "session/help.h"
#include "session/map.h"
#include "session/progress.h"
#include "session/reading.h"
#include "session/session.h"
#include "session/workspace.h"
#include "view/view.h"

struct lab {
    struct course *course;
    struct progress *progress;
    struct session *s;
    struct effects fx; /* of the last message */
    char dir[64];
};

static int setup(void **state)
{
    struct lab *lab = xcalloc(1, sizeof *lab);
    struct err e;

    snprintf(lab->dir, sizeof lab->dir, "/tmp/tm-session-XXXXXX");
    assert_non_null(mkdtemp(lab->dir));
    lab->course = course_load(COURSE, &e);
    assert_non_null(lab->course);
    lab->progress = progress_load(lab->dir);
    lab->s = session_new(lab->course, lab->progress, lab->dir, 24, 80);
    *state = lab;
    return 0;
}

static int teardown(void **state)
{
    struct lab *lab = *state;

    effects_fini(&lab->fx);
    session_free(lab->s);
    progress_free(lab->progress);
    course_free(lab->course);
    char *remove = xasprintf("rm -rf %s", lab->dir);
    assert_int_equal(system(remove), 0);
    free(remove);
    free(lab);
    return 0;
}

static void send(struct lab *lab, struct message *m)
{
    effects_fini(&lab->fx);
    session_update(lab->s, m, &lab->fx);
    message_fini(m);
}

/* Keys as a person presses them, by name. */
static void press(struct lab *lab, const char *names)
{
    char *copy = xstrdup(names), *rest = copy;

    for (char *name; (name = strtok_r(rest, " ", &rest));) {
        struct message m;
        view_key(lab->s, key_parse(name), &m);
        send(lab, &m);
    }
    free(copy);
}

static int asked(const struct lab *lab, enum effect_kind kind)
{
    int n = 0;

    for (size_t i = 0; i < lab->fx.count; i++)
        n += lab->fx.list[i].kind == kind;
    return n;
}

static struct report *report(const struct exercise *ex, enum verdict a, enum verdict b)
{
    struct report *r = xcalloc(1, sizeof *r);
    enum verdict v[] = {a, b};

    r->exercise = ex;
    r->tests = xcalloc(2, sizeof *r->tests);
    r->test_count = 2;
    r->verdict = a != VERDICT_PASS ? a : b;
    for (int i = 0; i < 2; i++) {
        r->tests[i].info.name = xstrdup(i ? "two_threads" : "one_thread");
        r->tests[i].result.verdict = v[i];
    }
    return r;
}

static void check_ends(struct lab *lab, enum verdict a, enum verdict b)
{
    struct message m = {.kind = MESSAGE_CHECK_DONE, .hash = 42};

    m.report = report(lab->s->exercise->exercise, a, b);
    send(lab, &m);
}

static void open_exercise(struct lab *lab)
{
    struct effects fx = {0};

    session_open_exercise(lab->s, course_exercise(lab->course, "tally", NULL), &fx);
    effects_fini(&lab->fx);
    lab->fx = fx;
}

/* ---- moving about ---------------------------------------------------------- */

static void first_start_welcomes_and_begins(void **state)
{
    struct lab *lab = *state;
    assert_int_equal(session_screen(lab->s), SCREEN_WELCOME);
    press(lab, "Enter");
    assert_int_equal(session_screen(lab->s), SCREEN_STEP);
    assert_string_equal(session_step(lab->s)->id, "01.1");
    assert_string_equal(progress_current(lab->progress), "01.1");
    assert_int_equal(asked(lab, EFFECT_SAVE), 1);
    press(lab, "q");
    assert_int_equal(session_screen(lab->s), SCREEN_MAP);
    assert_int_equal(asked(lab, EFFECT_QUIT), 0);
}

static void q_on_the_map_saves_then_quits(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter q q");
    assert_int_equal(lab->fx.count, 2);
    assert_int_equal(lab->fx.list[0].kind, EFFECT_SAVE);
    assert_int_equal(lab->fx.list[1].kind, EFFECT_QUIT);
}

static void capital_q_quits_from_anywhere(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter Q");
    assert_int_equal(asked(lab, EFFECT_QUIT), 1);
    open_exercise(lab);
    press(lab, "? Ctrl-C");
    assert_int_equal(asked(lab, EFFECT_QUIT), 1);
}

static void reading_to_the_end_counts(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter");
    assert_int_equal(lab->s->reading->page_count, 2);
    press(lab, "Enter");
    assert_int_equal(lab->s->reading->page, 1);
    assert_false(progress_step_is_done(lab->progress, "01.1"));
    press(lab, "Enter");
    assert_true(progress_step_is_done(lab->progress, "01.1"));
    assert_string_equal(session_step(lab->s)->id, "01.2");
    press(lab, "p n n n n n n"); /* over the end of the lesson */
    assert_string_equal(session_step(lab->s)->id, "02.1");
    press(lab, "n");
    assert_non_null(lab->s->notice);
    assert_string_equal(session_step(lab->s)->id, "02.1");
}

static void going_by_does_not_count(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter n n p p");
    assert_false(progress_step_is_done(lab->progress, "01.1"));
}

/* n on the last page is as good as Enter. */
static void going_on_from_the_last_page_counts(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter");
    for (size_t i = 1; i < lab->s->reading->page_count; i++)
        press(lab, "Right");
    assert_false(progress_step_is_done(lab->progress, "01.1"));
    press(lab, "n");
    assert_true(progress_step_is_done(lab->progress, "01.1"));
}

static void help_is_closed_by_any_key(void **state)
{
    struct lab *lab = *state;
    const char *keys[] = {"?", "q", "Esc", "x", "Enter"};
    for (size_t i = 0; i < 5; i++) {
        press(lab, "?");
        assert_true(lab->s->help);
        press(lab, keys[i]);
        assert_false(lab->s->help);
        assert_int_equal(asked(lab, EFFECT_QUIT), 0);
    }
}

static void resize(struct lab *lab, int rows, int cols)
{
    struct message m = {.kind = MESSAGE_RESIZE, .rows = rows, .cols = cols};

    send(lab, &m);
}

/* However often Down is pressed, one Up is seen. */
static void help_stops_at_its_last_line(void **state)
{
    struct lab *lab = *state;
    resize(lab, 16, 60);
    press(lab, "Enter ?");
    for (int i = 0; i < 100; i++)
        press(lab, "Down");
    int last = lab->s->help_page->top;
    assert_int_equal(last, (int)lab->s->help_page->page.count - session_rows(lab->s));
    press(lab, "Up");
    assert_int_equal(lab->s->help_page->top, last - 1);
    resize(lab, 200, 200);
    assert_int_equal(lab->s->help_page->top, 0);
    press(lab, "q");
    assert_null(lab->s->help_page);
}

/* ---- checks and cards ------------------------------------------------------ */

static void a_wrong_answer_brings_its_page(void **state)
{
    struct lab *lab = *state;
    press(lab, "c");
    assert_string_equal(session_step(lab->s)->id, "00.1");
    assert_null(progress_current(lab->progress)); /* no lesson has begun */
    assert_int_equal(lab->s->reading->page_count, 3);
    press(lab, "1 Enter");
    assert_int_equal(lab->s->reading->page_count, 4);
    assert_int_equal(lab->s->reading->page, 0);
    press(lab, "Enter");
    assert_int_equal(lab->s->reading->pages[1].question, -1);
    press(lab, "Enter 1 Enter Enter 1 Enter"); /* a number, then the third: right */
    assert_int_equal(lab->s->reading->page_count, 4);
    press(lab, "Enter");
    assert_int_equal(session_screen(lab->s), SCREEN_MAP);
    assert_string_equal(lab->s->notice, "2 of 3 right");
    assert_string_equal(lab->s->map->next_step->id, "01.1");
}

static void the_first_time_nothing_is_judged(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter q End Enter");
    assert_string_equal(session_step(lab->s)->id, "99.1");
    press(lab, "1 Enter");
    assert_true(lab->s->reading->questions[0].silent);
    press(lab, "a");
    assert_true(lab->s->reading->questions[0].answered); /* the first answer counts */
    press(lab, "Enter 1 Enter Enter 1 Enter Enter");
    assert_int_equal(session_screen(lab->s), SCREEN_MAP);
    press(lab, "End Enter");
    assert_false(lab->s->reading->questions[0].answered);
    press(lab, "2 Enter");
    assert_false(lab->s->reading->questions[0].silent);
    assert_string_equal(progress_get(lab->progress, "before", "99.1/1"), "0");
    assert_string_equal(progress_get(lab->progress, "after", "99.1/1"), "1");
    assert_string_equal(progress_get(lab->progress, "belief", "M04"), "1 1 right");
}

static void day(struct lab *lab, long n)
{
    struct message m = {.kind = MESSAGE_DAY, .n = n};

    send(lab, &m);
}

static void a_forgotten_card_comes_again(void **state)
{
    struct lab *lab = *state;
    day(lab, 20777);
    progress_step_done(lab->progress, "02.1");
    press(lab, "Enter q");
    assert_int_equal(lab->s->map->cards_due, 3);
    press(lab, "r y");
    assert_int_equal(lab->s->cards->queued, 3); /* not before it is turned */
    press(lab, "Enter n");
    assert_int_equal(asked(lab, EFFECT_SAVE), 1);
    assert_int_equal(lab->s->cards->queued, 3);
    press(lab, "Enter y Enter Right");
    assert_int_equal(lab->s->cards->queued, 1);
    press(lab, "Enter y"); /* the forgotten one: known now, but that does not count */
    assert_null(cards_now(lab->s->cards));
    press(lab, "Enter");
    assert_int_equal(session_screen(lab->s), SCREEN_MAP);
    assert_int_equal(lab->s->map->cards_due, 0);
    day(lab, 20778);
    assert_int_equal(lab->s->map->cards_due, 3);
    press(lab, "r Enter n");
    assert_int_equal(lab->s->cards->forgot, 1);
}

/* A card that is due is asked before a lesson begins, once; what is new of the lesson before is
 * not. */
static void a_lesson_begins_with_a_warm_up(void **state)
{
    struct lab *lab = *state;
    day(lab, 20777);
    progress_step_done(lab->progress, "01.6");
    press(lab, "Enter q End Up Enter");
    assert_string_equal(session_step(lab->s)->id, "02.1");
    assert_int_equal(session_screen(lab->s), SCREEN_STEP);
    press(lab, "q r Enter y Enter y Enter y Enter");
    day(lab, 20778);
    press(lab, "End Up Enter");
    assert_int_equal(session_screen(lab->s), SCREEN_CARDS);
    assert_int_equal(lab->s->cards->queued, 3);
    press(lab, "Enter y q"); /* the rest is skipped */
    assert_int_equal(session_screen(lab->s), SCREEN_STEP);
    assert_string_equal(session_step(lab->s)->id, "02.1");
    press(lab, "q");
    assert_int_equal(lab->s->map->cards_due, 2);
}

static void a_path_leaves_lessons_out(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter q");
    size_t all = lab->s->map->count;
    press(lab, "w");
    assert_int_equal(lab->s->map->count, all - 1);
    press(lab, "Enter p n n n n n n");
    assert_string_equal(session_step(lab->s)->id, "01.6"); /* 02 is not on it */
    press(lab, "q w");
    assert_int_equal(lab->s->map->count, all);
}

static void search_opens_what_it_finds(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter q /");
    assert_true(session_types(lab->s));
    press(lab, "o n l y space w o r d");
    assert_string_equal(lab->s->map->search, "only word");
    assert_int_equal(lab->s->map->count, 1);
    press(lab, "Backspace Q");
    assert_int_equal(lab->s->map->count, 0);
    press(lab, "Backspace Enter");
    assert_string_equal(session_step(lab->s)->id, "02.1");
    press(lab, "q"); /* and the map is whole again */
    assert_int_equal(session_screen(lab->s), SCREEN_MAP);
    assert_string_equal(lab->s->map->search, "");
    assert_true(lab->s->map->count >= 2);
    press(lab, "/ x Esc");
    assert_string_equal(lab->s->map->search, "");
    assert_false(session_types(lab->s));
}

/* A page two lines too long loses the rules around it, a longer one is cut. */
static void pages_fit_the_screen(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter");
    int lines = (int)lab->s->reading->pages[0].text.count;
    assert_false(lab->s->reading->pages[0].tight);
    resize(lab, lines + 2, 80);
    assert_true(lab->s->reading->pages[0].tight);
    assert_int_equal(lab->s->reading->pages[0].text.count, lines);
    resize(lab, lines + 1, 80);
    assert_false(lab->s->reading->pages[0].tight);
    assert_true((int)lab->s->reading->pages[0].text.count < lines);
    for (size_t i = 0; i < lab->s->reading->page_count; i++)
        assert_true((int)lab->s->reading->pages[i].text.count <= session_rows(lab->s) + 2);
}

static void any_size_is_harmless(void **state)
{
    struct lab *lab = *state;
    struct canvas c;
    canvas_init(&c, 24, 80);
    for (int round = 0; round < 7; round++) {
        for (int i = 0; i < 40; i++) {
            struct message m = {
                .kind = MESSAGE_RESIZE, .rows = 1 + i * 7 % 61, .cols = 1 + i * 53 % 211};
            canvas_resize(&c, m.rows, m.cols);
            send(lab, &m);
            view_draw(lab->s, &c);
            press(lab, i % 3 ? "Down" : "Right");
        }
        if (round == 0)
            press(lab, "Enter");
        else
            press(lab, round == 4 ? "?" : "n");
    }
    open_exercise(lab);
    check_ends(lab, VERDICT_PASS, VERDICT_RACE);
    for (int i = 1; i < 130; i++) {
        struct message m = {.kind = MESSAGE_RESIZE, .rows = i % 40 + 1, .cols = i};
        canvas_resize(&c, m.rows, m.cols);
        send(lab, &m);
        view_draw(lab->s, &c);
    }
    canvas_fini(&c);
}

/* ---- questions ------------------------------------------------------------- */

static void an_answer_is_kept_before_the_truth_is_shown(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter n");
    press(lab, "Enter");
    assert_non_null(lab->s->notice);
    assert_null(progress_get(lab->progress, "answer", "01.2"));
    press(lab, "1 3 Enter");
    assert_string_equal(progress_get(lab->progress, "answer", "01.2"), "0,2");
    assert_int_equal(asked(lab, EFFECT_SAVE) > 0, 1);
    assert_true(lab->s->reading->questions[0].answered);
    assert_false(lab->s->reading->questions[0].right);
    assert_true(progress_step_is_done(lab->progress, "01.2"));
    press(lab, "1"); /* committed is committed */
    assert_string_equal(progress_get(lab->progress, "answer", "01.2"), "0,2");
    press(lab, "n p"); /* also when one comes back */
    assert_true(lab->s->reading->questions[0].answered);
    press(lab, "a 1 2 Enter");
    assert_true(lab->s->reading->questions[0].right);
}

static void engine_says(struct lab *lab, enum message_kind kind, struct trace_msg said)
{
    struct message m = {.kind = kind, .trace = xmalloc(sizeof *m.trace)};

    *m.trace = said;
    send(lab, &m);
}

static void outcome(struct lab *lab, const char *value, uint64_t schedules, enum reason reason)
{
    struct trace_msg m = {.kind = MSG_OUTCOME};

    m.outcome.schedules = schedules;
    m.outcome.reason = reason;
    m.outcome.watch_count = 1;
    m.outcome.watches = xcalloc(1, sizeof *m.outcome.watches);
    m.outcome.watches[0].text = xstrdup(value);
    engine_says(lab, MESSAGE_ENGINE, m);
}

static void a_prediction_is_run(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter n 1 Enter");
    assert_int_equal(asked(lab, EFFECT_ENGINE_OPEN), 1);
    assert_true(session_busy(lab->s));
    engine_says(lab, MESSAGE_ENGINE_READY, (struct trace_msg){.kind = MSG_HELLO});
    assert_int_equal(asked(lab, EFFECT_ENGINE_ASK), 1);
    assert_string_equal(lab->fx.list[0].request->watches[0].name, "c");
    outcome(lab, "2", 2, REASON_NONE);
    outcome(lab, "1", 3, REASON_THREAD_RUNNING); /* an end, too */
    outcome(lab, "1", 1, REASON_NONE);
    outcome(lab, "3", 1, REASON_EXIT_STATUS); /* main may return what it likes */
    struct trace_msg done = {.kind = MSG_DONE};
    done.count.total = 6;
    done.count.complete = true;
    engine_says(lab, MESSAGE_ENGINE, done);
    assert_int_equal(asked(lab, EFFECT_ENGINE_CLOSE), 1);
    assert_false(session_busy(lab->s));
    char *words = truth_words(&lab->s->reading->truth);
    assert_string_equal(words,
                        "Just run: `lost.c`, under every schedule. `c` ends as **1**, **2** or **3**, "
                        "and as nothing else.");
    free(words);
}

static void a_prediction_may_get_stuck(void **state)
{
    struct lab *lab = *state;
    struct trace_msg done = {.kind = MSG_DONE};
    press(lab, "Enter n 1 Enter");
    engine_says(lab, MESSAGE_ENGINE_READY, (struct trace_msg){.kind = MSG_HELLO});
    outcome(lab, "2", 2, REASON_NONE);
    outcome(lab, "1", 1, REASON_DEADLOCK_CYCLE); /* what c holds then is no result */
    engine_says(lab, MESSAGE_ENGINE, done);
    char *words = truth_words(&lab->s->reading->truth);
    assert_non_null(strstr(words, "ends as **2**, or does not come to its end."));
    free(words);
}

static void leaving_stops_what_was_run(void **state)
{
    struct lab *lab = *state;
    press(lab, "Enter n 1 Enter n");
    assert_int_equal(asked(lab, EFFECT_ENGINE_CLOSE), 1);
    assert_false(session_busy(lab->s));
}

static struct reading_question *question(struct lab *lab, int i)
{
    press(lab, "Enter n n n n n");
    assert_string_equal(session_step(lab->s)->id, "01.6");
    for (int k = 0; k < i; k++)
        press(lab, "Right");
    return &lab->s->reading->questions[i];
}

static void a_number_is_typed(void **state)
{
    struct lab *lab = *state;
    struct reading_question *q = question(lab, 1);
    press(lab, "1 2 Backspace 0");
    assert_string_equal(q->number, "10");
    press(lab, "Enter");
    assert_true(q->right);
    assert_string_equal(progress_get(lab->progress, "answer", "01.6/2"), "10");
    assert_int_equal(session_screen(lab->s), SCREEN_STEP);
}

static void lines_are_ordered(void **state)
{
    struct lab *lab = *state;
    struct reading_question *q = question(lab, 2);
    for (int right = 0; right < 3; right++) /* wherever the shuffle put them */
        for (size_t i = 0; i < q->count; i++)
            if (q->order[i] == right) {
                char digit[2] = {(char)('1' + (int)i), 0};
                press(lab, digit);
            }
    press(lab, "Enter");
    assert_true(q->answered);
    assert_true(q->right);
    assert_string_equal(progress_get(lab->progress, "answer", "01.6/3"), "0,1,2");
}

static bool out_of_order(const int *order, size_t n, size_t belong, const char *const *lines)
{
    size_t next = 0;
    for (size_t i = 0; i < n; i++)
        if ((size_t)order[i] < belong && strcmp(lines[order[i]], lines[next++]) != 0)
            return true;
    return false;
}

/* Whatever the question is called, and however many lines do not belong. */
static void right_lines_are_out_of_order(void **state)
{
    static const char *const all[] = {"take", "add", "add", "give back", "x", "y", "z"};
    (void)state;
    for (size_t belong = 2; belong <= 4; belong++)
        for (size_t n = belong; n <= 7; n++)
            for (int k = 0; k < 200; k++) {
                int order[7], seen = 0;
                char seed[16];
                snprintf(seed, sizeof seed, "question %d", k);
                question_mix(order, n, all, belong, seed);
                assert_true(out_of_order(order, n, belong, all));
                for (size_t i = 0; i < n; i++)
                    seen |= 1 << order[i];
                assert_int_equal(seen, (1 << n) - 1);
            }
    int same[2];
    question_mix(same, 2, all + 1, 2, "the same words twice");
    assert_int_equal(same[0] + same[1], 1);
}

static void shows(struct lab *lab, const char *words)
{
    struct canvas c;
    canvas_init(&c, 24, 80);
    view_draw(lab->s, &c);
    char *text = canvas_text(&c);
    if (!strstr(text, words))
        fail_msg("no '%s' in\n%s", words, text);
    free(text);
    canvas_fini(&c);
}

/* The file's name and the whole sentence are there, however deep the folder and wide the words. */
static void compiler_text_fits(void **state)
{
    struct lab *lab = *state;
    struct effects fx = {0};
    session_open_compiler_text(
        lab->s,
        "/home/somebody/with/a/long/name/threadmill/03-race-conditions/private-tallies/tally.c: In "
        "function ‘count’:\n"
        "/home/somebody/tally.c:2:30: error: unknown type name ‘retrun’; and so many words that "
        "they need another line to end\n"
        "    2 | /* a/b */ retrun 1;\n",
        &fx);
    effects_fini(&fx);
    shows(lab, "  tally.c: In function ‘count’:");
    shows(lab, "  tally.c:2:30: error: unknown type name ‘retrun’; and so many words that");
    shows(lab, "      they need another line to end");
    shows(lab, "      2 | /* a/b */ retrun 1;");
}

/* A missed right answer is marked as right, and only a wrong one that was chosen is crossed out. */
static void marks_say_what_is_right(void **state)
{
    struct lab *lab = *state;
    struct reading_question *q = question(lab, 0);
    int right = 0;
    while (!q->q->options[right].right)
        right++;
    int wrong = right ? 0 : 1;
    char key[2] = {(char)('1' + wrong), 0}, *text;
    press(lab, key);
    press(lab, "Enter");
    assert_false(q->right);
    text = xasprintf("✓ ( ) %d", right + 1);
    shows(lab, text);
    free(text);
    text = xasprintf("✗ (•) %d", wrong + 1);
    shows(lab, text);
    free(text);
}

static void a_distractor_is_wrong(void **state)
{
    struct lab *lab = *state;
    struct reading_question *q = question(lab, 2);
    press(lab, "1 2 3 4 Enter");
    assert_true(q->answered);
    assert_false(q->right);
}

static void partners_are_matched(void **state)
{
    struct lab *lab = *state;
    struct reading_question *q = question(lab, 3);
    press(lab, "Enter");
    assert_false(q->answered);
    for (int left = 0; left < 3; left++) {
        while (q->placed[left] != left)
            press(lab, "Right");
        press(lab, "Down");
    }
    press(lab, "Enter");
    assert_true(q->right);
}

/* What was written down comes back as it was; what was not, does not count as an answer. */
static void answers_come_back(void **state)
{
    struct lab *lab = *state;
    struct reading_question *q = question(lab, 2);
    const char *bad[] = {"", "x", "0,9", "0,,1", "-1", "0,1,2,3,0"};
    assert_true(question_decode(q, "2,0,3"));
    char *word = question_encode(q);
    assert_string_equal(word, "2,0,3");
    free(word);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(question_decode(q, bad[i]));
        assert_false(q->answered);
    }
}

/* ---- an exercise ----------------------------------------------------------- */

static void opening_checks_at_once(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    assert_int_equal(asked(lab, EFFECT_PREPARE), 1);
    assert_int_equal(asked(lab, EFFECT_WATCH), 1);
    assert_int_equal(asked(lab, EFFECT_CHECK), 1);
    assert_true(session_busy(lab->s));
    check_ends(lab, VERDICT_PASS, VERDICT_RACE);
    assert_false(session_busy(lab->s));
    assert_int_equal(lab->s->report_test, 1); /* the first that fails is selected */
}

static void a_save_during_a_check_is_not_lost(void **state)
{
    struct lab *lab = *state;
    struct message saved = {.kind = MESSAGE_SAVED, .text = xstrdup("tally.c")};
    open_exercise(lab);
    send(lab, &saved);
    assert_int_equal(asked(lab, EFFECT_CHECK), 1);
    assert_true(session_busy(lab->s));
}

static void escape_stops_a_check_then_leaves(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    press(lab, "Esc");
    assert_int_equal(asked(lab, EFFECT_CHECK_STOP), 1);
    assert_int_equal(lab->fx.list[0].n, 1);
    assert_int_equal(session_screen(lab->s), SCREEN_EXERCISE);
    struct message nothing = {.kind = MESSAGE_CHECK_DONE};
    send(lab, &nothing);
    assert_false(session_busy(lab->s));
    assert_true(lab->s->exercise->stopped);
    press(lab, "Esc");
    assert_int_not_equal(session_screen(lab->s), SCREEN_EXERCISE);
}

/* What was known when it was stopped is shown, and is no pass. */
static void a_stopped_check_keeps_what_it_knows(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    press(lab, "Esc");
    check_ends(lab, VERDICT_PASS, VERDICT_UNJUDGED);
    assert_true(lab->s->exercise->cut);
    assert_false(lab->s->exercise->passed);
    assert_int_equal(lab->s->report->tests[0].result.verdict, VERDICT_PASS);
    press(lab, "c Esc Esc"); /* twice: it does not wait for the answer */
    assert_int_equal(asked(lab, EFFECT_CHECK_STOP), 1);
    assert_int_not_equal(session_screen(lab->s), SCREEN_EXERCISE);
}

static void leaving_stops_the_check(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    press(lab, "q");
    assert_int_equal(asked(lab, EFFECT_CHECK_STOP), 1);
    assert_false(session_busy(lab->s));
}

static void passing_is_remembered_and_never_moves_on(void **state)
{
    struct lab *lab = *state;
    uint64_t hash = 0;
    open_exercise(lab);
    check_ends(lab, VERDICT_PASS, VERDICT_PASS);
    assert_true(progress_has_passed(lab->progress, "01-first/tally", &hash));
    assert_int_equal(hash, 42);
    assert_true(progress_step_is_done(lab->progress, "01.5"));
    assert_true(asked(lab, EFFECT_SAVE) > 0);
    assert_int_equal(session_screen(lab->s), SCREEN_EXERCISE);
}

static void a_pass_counts_for_its_beliefs_once(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    check_ends(lab, VERDICT_PASS, VERDICT_PASS);
    press(lab, "c");
    check_ends(lab, VERDICT_PASS, VERDICT_PASS);
    assert_string_equal(progress_get(lab->progress, "belief", "M04"), "0 1 right");
}

static void failing_is_not_passing(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    check_ends(lab, VERDICT_PASS, VERDICT_UNJUDGED);
    assert_false(progress_has_passed(lab->progress, "01-first/tally", NULL));
    assert_false(progress_step_is_done(lab->progress, "01.5"));
}

static void a_verdict_that_comes_late_is_dropped(void **state)
{
    struct lab *lab = *state;
    struct message nothing = {.kind = MESSAGE_CHECK_DONE};
    open_exercise(lab);
    press(lab, "Esc");
    send(lab, &nothing);
    check_ends(lab, VERDICT_PASS, VERDICT_PASS);
    assert_false(progress_has_passed(lab->progress, "01-first/tally", NULL));
}

static void hints_come_one_by_one(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    for (int i = 1; i <= 5; i++) {
        press(lab, "h");
        assert_int_equal(progress_hints(lab->progress, "01-first/tally"), i < 3 ? i : 3);
    }
    assert_non_null(lab->s->notice);
}

static void the_solution_must_be_asked_for_twice(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    press(lab, "s");
    assert_int_equal(session_screen(lab->s), SCREEN_EXERCISE);
    press(lab, "s");
    assert_int_equal(session_screen(lab->s), SCREEN_TEXT);
    press(lab, "q");
    assert_int_equal(session_screen(lab->s), SCREEN_EXERCISE);
}

static void after_passing_once_is_enough(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    check_ends(lab, VERDICT_PASS, VERDICT_PASS);
    press(lab, "s");
    assert_int_equal(session_screen(lab->s), SCREEN_TEXT);
}

static void a_reset_must_be_asked_for_twice(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    press(lab, "x");
    assert_int_equal(asked(lab, EFFECT_RESET), 0);
    press(lab, "h x"); /* something else between: asked again */
    assert_int_equal(asked(lab, EFFECT_RESET), 0);
    press(lab, "x");
    assert_int_equal(asked(lab, EFFECT_RESET), 1);
}

static void the_editor_opens_where_it_fails(void **state)
{
    struct lab *lab = *state;
    open_exercise(lab);
    press(lab, "e");
    assert_int_equal(asked(lab, EFFECT_EDIT), 1);
    assert_int_equal(lab->fx.list[0].n, 0);
    check_ends(lab, VERDICT_PASS, VERDICT_RACE);
    lab->s->report->tests[1].result.failure.at.file = xstrdup("tally.c");
    lab->s->report->tests[1].result.failure.at.line = 7;
    press(lab, "e");
    assert_int_equal(lab->fx.list[0].n, 7);
    assert_true(str_ends(lab->fx.list[0].text, "/01-first/tally/tally.c"));
}

/* ---- Python beside C ------------------------------------------------------- */

/* The lit parts of the page, line by line. */
static void lit(const struct lab *lab, char *out, size_t size)
{
    const struct reading_state *r = lab->s->reading;
    const struct reading_page *p = &r->pages[r->page];
    const struct page *of = p->side.count ? &p->side : &p->text;
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < of->count; i++) {
        int from, to, at = 0;
        if (!reading_lit(r, &of->lines[i], &from, &to))
            continue;
        for (size_t k = 0; k < of->lines[i].count; at += of->lines[i].spans[k++].columns)
            if (at >= from && at < to)
                used += (size_t)snprintf(out + used, size - used, "%s", of->lines[i].spans[k].text);
        used += (size_t)snprintf(out + used, size - used, "|");
    }
}

static void lit_is(const struct lab *lab, const char *python, const char *c)
{
    char text[1024];
    lit(lab, text, sizeof text);
    if (!python && text[0])
        fail_msg("lit: %s", text);
    if (python && (!strstr(text, python) || !strstr(text, c)))
        fail_msg("lit: %s; not %s and %s", text, python, c);
}

static void partners_light_up(void **state)
{
    struct lab *lab = *state;
    const int cols[] = {80, 120, 200}; /* beside each other; one under the other beside the text; beside each other there */
    for (int i = 0; i < 3; i++) {
        struct message size = {.kind = MESSAGE_RESIZE, .rows = 30, .cols = cols[i]};
        send(lab, &size);
        press(lab, i ? "R" : "Enter R");
        lit_is(lab, NULL, NULL);
        press(lab, "Down");
        lit_is(lab, "restock(n)", "*restock");
        press(lab, "Down");
        lit_is(lab, i == 1 ? "+= 1|" : "+= 1  ", "+= 1;|");
        press(lab, "Down");
        lit_is(lab, i == 1 ? "+= 1|" : "+= 1  ", "+= 1;|"); /* the last one */
        press(lab, "Up Up");
        lit_is(lab, NULL, NULL);
        press(lab, "Down R");
        lit_is(lab, NULL, NULL);
        press(lab, "Down");
        lit_is(lab, NULL, NULL); /* C alone has no partners */
    }
}

/* R on a page without C that has a partner: nothing would be seen to change. */
static void python_is_elsewhere(void **state)
{
    struct lab *lab = *state;

    press(lab, "Enter Right R");
    assert_non_null(lab->s->notice);
    assert_string_equal(lab->s->notice, "the Python of this step is on page 1");
    press(lab, "R");
    assert_null(lab->s->notice);
    press(lab, "Left R");
    assert_null(lab->s->notice);
}

/* ---- the mouse --------------------------------------------------------------- */

static bool stands_at(const struct canvas *c, int row, int col, const char *words)
{
    for (size_t i = 0; words[i]; i++) {
        const struct cell *cell = canvas_at(c, row, col + (int)i);
        if (!cell || cell->ch[0] != (uint32_t)words[i])
            return false;
    }
    return true;
}

/* Clicks on the first place where the words (ASCII) stand on the screen, from column `col` on. */
static void click(struct lab *lab, const char *words, int col)
{
    struct message m = {0};
    struct canvas c;

    canvas_init(&c, lab->s->rows, lab->s->cols);
    view_draw(lab->s, &c);
    for (int row = 0; row < c.rows && !m.kind; row++)
        for (int at = col; at < c.cols && !m.kind; at++)
            if (stands_at(&c, row, at, words))
                view_mouse(lab->s, &c, &(struct view_mouse){.row = row, .col = at}, &m);
    canvas_fini(&c);
    assert_int_equal(m.kind, MESSAGE_KEY);
    send(lab, &m);
}

static void what_stands_beside_the_map_opens(void **state)
{
    struct lab *lab = *state;
    struct message size = {.kind = MESSAGE_RESIZE, .rows = 40, .cols = 160};

    send(lab, &size);
    press(lab, "Enter q");
    assert_int_equal(session_screen(lab->s), SCREEN_MAP);
    click(lab, "01.2", 84);
    assert_int_equal(session_screen(lab->s), SCREEN_STEP);
    assert_string_equal(lab->s->reading->step->id, "01.2");
    press(lab, "q");
    click(lab, "tally", 84);
    assert_int_equal(session_screen(lab->s), SCREEN_EXERCISE);
}

/* ---- the table of keys ----------------------------------------------------- */

static void every_key_has_a_name_and_a_help(void **state)
{
    for (int i = 1; i < KEY_REQUEST_COUNT; i++) {
        const struct key_row *row = key_row((enum key_request)i);
        char *keys = xstrdup(row->keys), *rest = keys;
        assert_true(strlen(row->help) > 1);
        assert_int_not_equal(row->screens, 0);
        for (char *name; (name = strtok_r(rest, " ", &rest));)
            assert_true(key_parse(name) != KEYSYM_NONE ||
                        (strlen(name) == 4 && strstr(name, "..")));
        free(keys);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(first_start_welcomes_and_begins),
        T(q_on_the_map_saves_then_quits),
        T(capital_q_quits_from_anywhere),
        T(reading_to_the_end_counts),
        T(going_by_does_not_count),
        T(going_on_from_the_last_page_counts),
        T(help_is_closed_by_any_key),
        T(help_stops_at_its_last_line),
        T(a_wrong_answer_brings_its_page),
        T(the_first_time_nothing_is_judged),
        T(a_forgotten_card_comes_again),
        T(a_lesson_begins_with_a_warm_up),
        T(a_path_leaves_lessons_out),
        T(search_opens_what_it_finds),
        T(partners_light_up),
        T(python_is_elsewhere),
        T(what_stands_beside_the_map_opens),
        T(pages_fit_the_screen),
        T(any_size_is_harmless),
        T(an_answer_is_kept_before_the_truth_is_shown),
        T(a_prediction_is_run),
        T(a_prediction_may_get_stuck),
        T(leaving_stops_what_was_run),
        T(a_number_is_typed),
        T(lines_are_ordered),
        T(right_lines_are_out_of_order),
        T(marks_say_what_is_right),
        T(compiler_text_fits),
        T(a_distractor_is_wrong),
        T(partners_are_matched),
        T(answers_come_back),
        T(opening_checks_at_once),
        T(a_save_during_a_check_is_not_lost),
        T(escape_stops_a_check_then_leaves),
        T(a_stopped_check_keeps_what_it_knows),
        T(leaving_stops_the_check),
        T(passing_is_remembered_and_never_moves_on),
        T(a_pass_counts_for_its_beliefs_once),
        T(failing_is_not_passing),
        T(a_verdict_that_comes_late_is_dropped),
        T(hints_come_one_by_one),
        T(the_solution_must_be_asked_for_twice),
        T(after_passing_once_is_enough),
        T(a_reset_must_be_asked_for_twice),
        T(the_editor_opens_where_it_fails),
        T(every_key_has_a_name_and_a_help),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
