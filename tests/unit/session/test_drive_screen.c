/* The drive on the screen, played on recordings: what keys do, that none is lost, what is shown. */
#include "play.h"

#include "session/drive_screen.h"

static void open_lesson(struct play *p)
{
    struct target t = {.kind = TARGET_DRIVE};
    struct effects fx = {0};
    struct message m = {.kind = MESSAGE_NONE};

    t.block = course_find(p->course, BLOCK_DRIVE, "lost", &t.lesson, &t.step);
    t.file = xasprintf("%s/%s", t.lesson->dir, t.block->drive.program);
    session_open(p->s, SCREEN_DRIVE, &t, &fx);
    effects_fini(&fx);
    target_fini(&t);
    p->waiting = xstrdup("open\n");
    play_answer(p);
    play_send(p, &m);
}

static void open_file(struct play *p, const char *name)
{
    struct target t = {.kind = TARGET_FILE, .file = path_join(HERE, name)};
    struct effects fx = {0};

    session_open(p->s, SCREEN_DRIVE, &t, &fx);
    effects_fini(&fx);
    target_fini(&t);
    p->waiting = xstrdup("open\n");
    play_answer(p);
}

static void free_play(struct play *p)
{
    play_end(p);
    free(p);
}

static struct play *lesson_play(void)
{
    struct play *p = xcalloc(1, sizeof *p);

    play_begin(p, "lost.jsonl");
    open_lesson(p);
    return p;
}

static struct play *queue_play(void)
{
    struct play *p = xcalloc(1, sizeof *p);

    play_begin(p, "queue.jsonl");
    open_file(p, "queue.c");
    return p;
}

static void a_game_to_par(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_shows(p, "1 A restock");
    play_shows(p, "2 B restock");
    play_hides(p, "0 main");
    play_shows(p, "goal: c == 1 at the end");
    play_compare(p, "drive-begin");
    play_press(p, "1");
    play_shows(p, "schedule A");
    play_shows(p, "one statement, but several steps"); /* said once */
    play_compare(p, "drive-one-step");
    play_press(p, "2");
    play_hides(p, "one statement, but several steps");
    play_press(p, "B A");
    play_shows(p, "Reached: 4 steps, 2 switches. That is par.");
    play_shows(p, "4 of 6 schedules do this");
    play_compare(p, "drive-par");
    const char *how =
        session_block_state(p->s, p->s->drive->target.step, p->s->drive->target.block);
    assert_string_equal(how, "par");
    play_press(p, "y");
    assert_true(str_starts(p->copied, "lost@main:id6,g"));
    play_press(p, "Enter");
    assert_int_not_equal(session_screen(p->s), SCREEN_DRIVE);
    assert_null(p->s->drive);
    free_play(p);
}

/* In the smallest window the words keep a line. */
static void words_in_few_rows(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_size(p, 16, 60);
    play_press(p, "1 h");
    play_shows(p, "hint 1");
    play_shows(p, "schedule A");
    free_play(p);
}

static void keys_wait_for_the_engine(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_press_fast(p, "1 1 b b 1 2 2 1"); /* one request is out, the rest is kept */
    assert_int_equal(p->s->drive->queue_count, 7);
    assert_true(session_busy(p->s));
    play_answer(p);
    assert_false(session_busy(p->s));
    play_shows(p, "schedule A B*2 A");
    free_play(p);
}

static void back_without_limit(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_press(p, "1 1");
    play_shows(p, "schedule A*2");
    play_press(p, "b Backspace");
    play_shows(p, "nobody has moved yet");
    play_shows(p, "(Right: 2 more)");
    play_press(p, "Left");
    play_shows(p, "this is the beginning");
    play_press(p, "Right Right");
    play_shows(p, "schedule A*2");
    play_press(p, "Right");
    play_shows(p, "nothing was taken back");
    free_play(p);
}

static void not_the_goal(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_press(p, "1 1 2 2");
    play_shows(p, "The run is over: c = 2. That is not the goal");
    play_press(p, "1");
    play_shows(p, "the run is over; b goes back");
    free_play(p);
}

static void a_wrong_claim(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_press(p, "i");
    play_shows(p, "Not impossible: 4 of 6 schedules do it");
    assert_int_equal(p->s->drive->game.at, 0);
    assert_int_equal(p->s->drive->game.schedule.step_count, 4);
    assert_null(session_block_state(p->s, p->s->drive->target.step, p->s->drive->target.block));
    free_play(p);
}

/* Who gave up is told that nothing does it, in the middle of a run: Enter is the way back, as it says. */
static void nothing_to_show(void **state)
{
    struct play *p = lesson_play();
    struct drive_state *d = p->s->drive;

    (void)state;
    play_press(p, "1");
    d->tally.total = 2;
    d->tally.meet = 0;
    d->tally.complete = d->counted = true;
    d->gave_up = true; /* `g` twice, in a puzzle that has no schedule to show */
    play_press(p, "i");
    play_shows(p, "It is impossible: none of the 2 schedules does it.");
    play_shows(p, "Enter: back to the lesson");
    play_press(p, "Enter");
    assert_int_not_equal(session_screen(p->s), SCREEN_DRIVE);
    free_play(p);
}

static void hints_come_one_by_one(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_press(p, "h");
    play_shows(p, "hint 1: Which value does the second helper read?");
    play_hides(p, "hint 2");
    play_press(p, "h h");
    play_shows(p, "hint 3");
    play_compare(p, "drive-hints");
    play_press(p, "h");
    play_shows(p, "that was the last hint");
    free_play(p);
}

static void giving_up_plays_it(void **state)
{
    struct play *p = lesson_play();

    (void)state;
    play_press(p, "g");
    play_shows(p, "press g once more");
    assert_false(session_busy(p->s));
    play_press(p, "g");
    assert_true(p->tick > 0);
    for (int i = 0; i < 4; i++) {
        struct message m = {.kind = MESSAGE_TICK};
        play_send(p, &m);
        play_answer(p);
    }
    play_shows(p, "Reached: 4 steps, 2 switches");
    assert_int_equal(p->tick, 0);
    assert_string_equal(
        session_block_state(p->s, p->s->drive->target.step, p->s->drive->target.block), "shown");
    free_play(p);
}

static void a_free_drive(void **state)
{
    struct play *p = queue_play();

    (void)state;
    play_shows(p, "a free drive: nothing is asked");
    play_shows(p, "0 main");
    play_press(p, "i");
    play_shows(p, "nothing is impossible");
    play_press(p, "9");
    play_shows(p, "there is no thread 9");
    free_play(p);
}

static void whom_to_wake(void **state)
{
    struct play *p = queue_play();

    (void)state;
    play_press(p, "0 0 0 1 1 1 2 2 2");
    play_shows(p, "T1 waits on c");
    play_compare(p, "drive-waiting");
    play_press(p, "1");
    play_shows(p, "T1 eat waits on c until somebody signals it; z wakes it without a signal");
    play_press(p, "3 3 3 3");
    play_shows(p, "Whom does the signal wake?");
    play_press(p, "Esc");
    play_hides(p, "Whom does the signal wake?");
    assert_int_equal(session_screen(p->s), SCREEN_DRIVE);
    play_press(p, "3 2");
    play_shows(p, "wakes T2");
    play_press(p, "3 z");
    play_shows(p, "T1(spurious)");
    free_play(p);
}

static void see_semaphore(struct trace_run *run, int process, uint64_t value)
{
    ARRAY_GROW(run->events, run->count, run->cap);
    run->events[run->count++] = (struct trace_event){
        .kind = EVENT_SEM_INIT,
        .value = value,
        .object = {.kind = REF_GLOBAL, .offset = 4096, .process = process, .name = xstrdup("sem")}};
}

/* Each process has its own copy, and both are shown. */
static void semaphores_of_two_processes(void **state)
{
    struct play *p = queue_play();
    struct trace_run *run = &p->s->drive->game.run;

    (void)state;
    play_press(p, "0 0 0 1 1 1");
    see_semaphore(run, 0, 5);
    see_semaphore(run, 1, 7);
    for (size_t i = 0; i < run->count; i++)
        if (run->events[i].kind == EVENT_COND_WAIT)
            run->events[i].object.process = 1;
    play_size(p, 50, 200);
    play_shows(p, "sem = 5");
    play_shows(p, "sem in T1 = 7");
    play_shows(p, "T1 waits on c in T1");
    free_play(p);
}

/* A signal for the handler comes for a thread while its call may go in several ways. */
static void handler_for(struct trace_state *st, int tid, int variant)
{
    st->choices = xrealloc(st->choices, (st->choice_count + 1) * sizeof *st->choices);
    memmove(st->choices + 1, st->choices, st->choice_count++ * sizeof *st->choices);
    st->choices[0] = (struct trace_choice){.tid = tid, .variant = variant};
}

static void a_handler_and_several_ways(void **state)
{
    struct play *p = queue_play();
    struct trace_state *st = &p->s->drive->game.run.state;

    (void)state;
    play_press(p, "0 0 0 1 1 1 2 2 2 3 3 3");
    handler_for(st, 3, CHOICE_HANDLER);
    play_press(p, "3");
    play_shows(p, "A signal has come for it. What happens first?");
    play_shows(p, "1 the handler runs, and then the next step is as it was");
    play_shows(p, "2 the next step, and the handler later: T1 eat");
    play_shows(p, "3 the next step, and the handler later: T2 eat");
    st->threads[3].next = EVENT_POLL, st->threads[3].value = 2; /* two are ready, in either order */
    handler_for(st, 3, CHOICE_BREAK);
    play_press(p, "Esc 3");
    play_shows(p, "1 the handler runs while it waits, and the call gives up");
    play_shows(p, "3 the next step, and the handler later: 1-2");
    play_shows(p, "4 the next step, and the handler later: 2-1");
    free_play(p);
}

/* A call that goes one way only has no name beside "later". */
static void a_handler_and_one_way(void **state)
{
    struct play *p = queue_play();

    (void)state;
    handler_for(&p->s->drive->game.run.state, 0, CHOICE_HANDLER);
    play_press(p, "0");
    play_shows(p, "1 the handler runs, and then the next step is as it was");
    play_shows(p, "2 the next step, and the handler later");
    play_hides(p, "the handler later:");
    free_play(p);
}

/* Six ways are six ready entries, each the first once, or three in every order: the engine says how many are ready. */
static void of_which_it_is_told(void **state)
{
    struct play *p = xcalloc(1, sizeof *p);

    (void)state;
    play_begin(p, "ready.jsonl");
    open_file(p, "ready.c");
    play_press(p, "0 0 0 0 0 0 0 0 0 0 0 0 0");
    play_press(p, "0");
    play_shows(p, "In which order is it told of them?");
    play_shows(p, "number 1 first");
    play_shows(p, "number 6 first");
    free_play(p);
}

static void until_it_blocks(void **state)
{
    struct play *p = queue_play();

    (void)state;
    play_press(p, "0 0 0 1 1 1 2 2 2 3 3 3 3 2 3 z");
    play_press(p, "r");
    assert_int_equal(drive_thread(&p->s->drive->game, 1)->status, THREAD_ENDED);
    play_shows(p, "printed ate");
    play_press(p, "t"); /* the cook sleeps, though T2 could run */
    play_shows(p, "clock 1 s");
    free_play(p);
}

static void trouble_is_told(void **state)
{
    struct play *p = lesson_play();
    struct message m = {.kind = MESSAGE_ENGINE, .trace = xcalloc(1, sizeof *m.trace)};

    (void)state;
    play_press_fast(p, "1 2 2");
    m.trace->kind = MSG_TROUBLE;
    m.trace->text = xstrdup("the engine was lost");
    play_send(p, &m);
    play_shows(p, "the engine was lost");
    assert_false(session_busy(p->s));
    free(p->waiting);
    p->waiting = NULL;
    play_press_fast(p, "1");
    assert_null(p->waiting);
    play_press(p, "R"); /* tries again, where it was */
    play_shows(p, "1 A restock");
    assert_int_equal(p->opened, 1);
    free_play(p);
}

static void a_file_that_does_not_compile(void **state)
{
    struct play *p = xcalloc(1, sizeof *p);
    struct message m = {.kind = MESSAGE_ENGINE_FAILED,
                        .text = xstrdup("line 3: 'x' is not declared")};

    (void)state;
    play_begin(p, "lost.jsonl");
    struct target t = {.kind = TARGET_FILE, .file = xstrdup("/nowhere/x.c")};
    struct effects fx = {0};
    session_open(p->s, SCREEN_DRIVE, &t, &fx);
    effects_fini(&fx);
    target_fini(&t);
    play_shows(p, "compiling");
    m.report = xcalloc(1, sizeof *m.report);
    m.report->build_output = xstrdup("x.c:3: error: long words\n");
    play_send(p, &m);
    play_shows(p, "'x' is not declared");
    play_press(p, "Enter");
    play_shows(p, "long words");
    play_press(p, "q q");
    assert_int_not_equal(session_screen(p->s), SCREEN_DRIVE);
    free_play(p);
}

/* A demo that does what the lab cannot explore: trying again would not help. A learner's file may change. */
static void a_demo_to_watch_only(void **state)
{
    static const struct lesson lesson;

    (void)state;
    for (int course = 0; course < 2; course++) {
        struct play *p = xcalloc(1, sizeof *p);
        struct message m = {.kind = MESSAGE_ENGINE_FAILED,
                            .n = VERDICT_LIMIT,
                            .text = xstrdup("fopen() cannot be explored")};
        play_begin(p, "lost.jsonl");
        struct target t = {.kind = TARGET_FILE, .file = xstrdup("/nowhere/x.c"), .lesson = course ? &lesson : NULL};
        struct effects fx = {0};
        session_open(p->s, SCREEN_DRIVE, &t, &fx);
        effects_fini(&fx);
        target_fini(&t);
        play_send(p, &m);
        play_shows(p, "fopen() cannot be explored");
        play_shows(p, course ? "not driven" : "R tries again");
        play_hides(p, course ? "R restart" : "not driven");
        if (course)
            play_press(p, "R");
        play_shows(p, "fopen() cannot be explored");
        free_play(p);
    }
}

/* Nothing at any size may draw outside or crash. */
static void any_size(void **state)
{
    struct play *p = queue_play();

    (void)state;
    play_press(p, "0 0 0 1 1 1 2 2 2 3 3 3 3");
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
        cmocka_unit_test(a_game_to_par),
        cmocka_unit_test(words_in_few_rows),
        cmocka_unit_test(keys_wait_for_the_engine),
        cmocka_unit_test(back_without_limit),
        cmocka_unit_test(not_the_goal),
        cmocka_unit_test(a_wrong_claim),
        cmocka_unit_test(nothing_to_show),
        cmocka_unit_test(hints_come_one_by_one),
        cmocka_unit_test(giving_up_plays_it),
        cmocka_unit_test(a_free_drive),
        cmocka_unit_test(whom_to_wake),
        cmocka_unit_test(semaphores_of_two_processes),
        cmocka_unit_test(a_handler_and_several_ways),
        cmocka_unit_test(a_handler_and_one_way),
        cmocka_unit_test(of_which_it_is_told),
        cmocka_unit_test(until_it_blocks),
        cmocka_unit_test(trouble_is_told),
        cmocka_unit_test(a_file_that_does_not_compile),
        cmocka_unit_test(a_demo_to_watch_only),
        cmocka_unit_test(any_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
