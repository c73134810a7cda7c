/* The failure on the screen: a token replayed, stepped through, taken over, and all outcomes. */
#include "play.h"

#include "session/drive_screen.h"
#include "session/failure.h"

static struct play *deadlock_play(void)
{
    struct play *p = xcalloc(1, sizeof *p);
    struct target t = {.kind = TARGET_FILE,
                       .file = path_join(HERE, "deadlock.c"),
                       .token = xstrdup("deadlock@main:i:aabc")};
    struct effects fx = {0};

    play_begin(p, "deadlock.jsonl");
    session_open_direct(p->s, SCREEN_FAILURE, &t, NULL, 0, &fx);
    effects_fini(&fx);
    target_fini(&t);
    play_shows(p, "compiling");
    p->waiting = xstrdup("open\n");
    play_answer(p);
    return p;
}

static void free_play(struct play *p)
{
    play_end(p);
    free(p);
}

static void a_deadlock(void **state)
{
    struct play *p = deadlock_play();

    (void)state;
    play_shows(p, "DEADLOCK");
    play_shows(p, "each waits for a lock that the next one holds");
    play_shows(p, "locks lock_a");
    play_compare(p, "failure-deadlock");
    play_press(p, "End");
    play_shows(p, "T2 two → lock_a → T1 one → lock_b → T2 two");
    play_compare(p, "failure-chain");
    play_press(p, "Home");
    play_shows(p, "step 1 of");
    play_press(p, "Left");
    play_shows(p, "step 1 of");
    free_play(p);
}

/* A wrong answer about races: no interleaving failed, so none is shown, and no step either. */
static void an_answer(void **state)
{
    struct play *p = xcalloc(1, sizeof *p);
    struct target t = {.kind = TARGET_FILE, .file = path_join(HERE, "deadlock.c")};
    struct effects fx = {0};
    struct report *r = xcalloc(1, sizeof *r);

    (void)state;
    r->subject = xstrdup("spot-the-race");
    r->tests = xcalloc(1, sizeof *r->tests);
    r->test_count = 1;
    r->verdict = r->tests[0].result.verdict = VERDICT_WRONG;
    r->tests[0].message = xstrdup("line 8 is no race");
    r->tests[0].result.failure.reason = REASON_ANSWER;
    r->tests[0].result.runs = 2;
    struct trace_run *run = &r->tests[0].run;
    for (int i = 0; i < 40; i++) {
        ARRAY_GROW(run->events, run->count, run->cap);
        run->events[run->count++] = (struct trace_event){.index = i, .kind = EVENT_YIELD};
    }
    play_begin(p, "deadlock.jsonl");
    session_open_direct(p->s, SCREEN_FAILURE, &t, r, 0, &fx);
    effects_fini(&fx);
    target_fini(&t);
    play_shows(p, "WRONG");
    play_shows(p, "line 8 is no race");
    play_press(p, "Right Down PgDn End d o y");
    assert_int_equal(session_screen(p->s), SCREEN_FAILURE);
    play_hides(p, "step");
    play_hides(p, "found in run");
    play_hides(p, "yield");
    play_hides(p, "schedule");
    play_hides(p, "take over");
    free_play(p);
}

/* Nothing of the help is cut off, and what does not fit is reached by scrolling, also where the
 * arrows mean something else. */
static void helped(void **state)
{
    struct play *p = deadlock_play();
    size_t at = p->s->failure->at;

    (void)state;
    play_size(p, 16, 60);
    play_press(p, "?");
    play_hides(p, "…");
    play_hides(p, "stop Threadmill");
    for (int i = 0; i < 20; i++)
        play_press(p, "Down");
    play_shows(p, "stop Threadmill");
    play_press(p, "x");
    play_shows(p, "DEADLOCK");
    assert_int_equal(p->s->failure->at, at);
    play_press(p, "Enter");
    play_hides(p, "…");
    free_play(p);
}

static void taken_over(void **state)
{
    struct play *p = deadlock_play();

    (void)state;
    play_press(p, "Home Down"); /* the row of T1's lock: three decisions */
    assert_int_equal(failure_events(p->s->failure), p->s->failure->rows[1].event + 1);
    play_press_fast(p, "d");
    assert_int_equal(session_screen(p->s), SCREEN_DRIVE);
    assert_int_equal(p->s->drive->target.steps,
                     p->s->failure->test->run.events[p->s->failure->rows[1].event].choice);
    assert_int_equal(p->s->drive->target.steps, 3);
    assert_string_equal(p->s->drive->target.token, p->s->failure->test->token);
    free(p->waiting);
    p->waiting = NULL;
    free_play(p);
}

static void every_end(void **state)
{
    struct play *p = deadlock_play();

    (void)state;
    play_press(p, "o");
    play_shows(p, "2 ways to end");
    play_shows(p, "✗ deadlock");
    play_shows(p, "✓ ends well");
    play_press(p, "q");
    play_shows(p, "step ");
    assert_int_equal(session_screen(p->s), SCREEN_FAILURE);
    free_play(p);
}

static void tokens_that_are_none(void **state)
{
    struct play *p = xcalloc(1, sizeof *p);
    struct target t = {.kind = TARGET_FILE, .token = xstrdup("rubbish")};
    struct effects fx = {0};

    (void)state;
    play_begin(p, NULL);
    session_open_direct(p->s, SCREEN_FAILURE, &t, NULL, 0, &fx);
    effects_fini(&fx);
    target_fini(&t);
    play_shows(p, "not a schedule token");
    play_press(p, "d o y e Enter Up End");
    play_shows(p, "not a schedule token");
    free_play(p);
}

static void any_size(void **state)
{
    struct play *p = deadlock_play();

    (void)state;
    for (int rows = 1; rows < 60; rows += 3)
        for (int cols = 1; cols < 220; cols += 7) {
            play_size(p, rows, cols);
            free(play_screen(p));
        }
    free_play(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deadlock), cmocka_unit_test(taken_over),
        cmocka_unit_test(helped),     cmocka_unit_test(an_answer),
        cmocka_unit_test(every_end),  cmocka_unit_test(tokens_that_are_none),
        cmocka_unit_test(any_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
