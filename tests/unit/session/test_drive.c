/* The game without a screen, played on what the engine once said. */
#include "play.h"

#include "session/drive_screen.h"

static const struct drive *lesson(struct play *p)
{
    const struct lesson *l;
    const struct step *st;
    const struct block *b = course_find(p->course, BLOCK_DRIVE, "lost", &l, &st);

    assert_non_null(b);
    return &b->drive;
}

/* Asks and hears until the answer is known. */
static void hear(struct play *p, struct drive_game *g)
{
    enum drive_heard heard = DRIVE_AGAIN;

    while (heard == DRIVE_AGAIN) {
        struct trace_request req;
        drive_request(g, &req);
        char *line = trace_request_encode(&req);
        const char *at = strstr(p->tape, line);
        if (!at)
            fail_msg("never recorded: %s", line);
        for (at += strlen(line); *at != '\n'; at = strchr(at, '\n') + 1) {
            char *text = xstrndup(at, strcspn(at, "\n"));
            struct trace_msg m;
            assert_true(trace_msg_decode(text, &m, NULL));
            heard = drive_hear(g, &m);
            trace_msg_fini(&m);
            free(text);
        }
        trace_request_fini(&req);
        free(line);
    }
    assert_int_equal(heard, DRIVE_KNOWN);
    assert_true(g->known);
}

static void names_are_cast(void **state)
{
    struct play *p = *state;
    struct drive_game g;

    assert_true(drive_init(&g, lesson(p), NULL, NULL));
    assert_int_equal(drive_find(&g, "A"), TRACE_NO_THREAD);
    hear(p, &g);
    assert_int_equal(drive_find(&g, "A"), 1);
    assert_int_equal(drive_find(&g, "B"), 2);
    assert_int_equal(drive_find(&g, "T2"), 2);
    assert_int_equal(drive_find(&g, "main"), 0);
    assert_int_equal(drive_find(&g, "C"), TRACE_NO_THREAD);
    assert_true(drive_is_driven(&g, 1));
    assert_false(drive_is_driven(&g, 0));
    assert_int_equal(g.schedule.driven, 6);
    assert_string_equal(report_thread_name(&g.run.state, 2), "B restock");
    char *why = drive_why_not(&g, 0);
    assert_string_equal(why, "main waits for A restock to end");
    free(why);
    assert_null(drive_why_not(&g, 1));
    char *wakes = report_event(&g.run.state, &(struct trace_event){.kind = EVENT_SIGNAL, .value = 2});
    assert_non_null(strstr(wakes, ": wakes B"));
    free(wakes);
    drive_fini(&g);
}

static void goal_is_reached(void **state)
{
    struct play *p = *state;
    struct drive_game g;

    assert_true(drive_init(&g, lesson(p), NULL, NULL));
    hear(p, &g);
    drive_step(&g, 1, 0);
    hear(p, &g);
    assert_false(drive_reached(&g));
    drive_step(&g, 2, 0);
    drive_step(&g, 2, 0);
    drive_step(&g, 1, 0);
    assert_false(drive_reached(&g)); /* not known yet */
    hear(p, &g);
    assert_true(drive_reached(&g));
    assert_true(drive_is_par(&g));
    assert_int_equal(drive_switches(&g), 2);
    char *words = drive_words(&g), *token = drive_token(&g);
    assert_string_equal(words, "A B*2 A");
    assert_null(strchr(token, 'w')); /* holds without the lesson's watch list */
    assert_true(str_starts(token, "main:id6,g"));
    assert_non_null(strstr(token, ":bc2b:"));
    free(words);
    free(token);
    char *why = drive_why_not(&g, 1);
    assert_string_equal(why, "the run is over; b goes back");
    free(why);
    drive_fini(&g);
}

static void back_and_forward(void **state)
{
    struct drive_game g;

    (void)state;
    assert_true(drive_init(&g, NULL, "scenario", NULL));
    assert_false(drive_back(&g));
    drive_step(&g, 1, 0);
    drive_step(&g, 2, 0);
    drive_step(&g, 1, 0);
    assert_true(drive_back(&g) && drive_back(&g));
    assert_int_equal(g.at, 1);
    assert_int_equal(g.schedule.step_count, 3);
    assert_true(drive_forward(&g));
    drive_back(&g);
    drive_step(&g, 2, 0); /* the same step: what comes after it is kept */
    assert_int_equal(g.schedule.step_count, 3);
    drive_back(&g);
    drive_step(&g, 2, CHOICE_SPURIOUS); /* another one: it is not */
    assert_int_equal(g.schedule.step_count, 2);
    assert_false(drive_forward(&g));
    drive_restart(&g);
    assert_int_equal(g.at, 0);
    assert_true(drive_forward(&g) && drive_forward(&g) && !drive_forward(&g));
    struct trace_request req;
    drive_back(&g);
    drive_request(&g, &req);
    assert_int_equal(req.stop, 1);
    assert_int_equal(req.schedule.step_count, 1);
    assert_string_equal(req.schedule.test, "scenario");
    trace_request_fini(&req);
    drive_fini(&g);
}

static void words_are_parsed(void **state)
{
    struct play *p = *state;
    struct trace_schedule s;
    struct drive_game g;
    struct err e;

    assert_true(drive_init(&g, lesson(p), NULL, NULL));
    hear(p, &g);
    assert_true(drive_parse_words(&g,
                                  "A B*2  A\xc3\x97"
                                  "3 main",
                                  &s, &e));
    assert_int_equal(s.step_count, 7);
    assert_int_equal(s.steps[0].tid, 1);
    assert_int_equal(s.steps[2].tid, 2);
    assert_int_equal(s.steps[5].tid, 1);
    assert_int_equal(s.steps[6].tid, 0);
    trace_schedule_fini(&s);
    assert_true(drive_parse_words(&g, "A(spurious) B(spurious)*2", &s, &e));
    assert_int_equal(s.step_count, 3);
    assert_int_equal(s.steps[0].variant, CHOICE_SPURIOUS);
    assert_int_equal(s.steps[2].variant, CHOICE_SPURIOUS);
    trace_schedule_fini(&s);
    assert_false(drive_parse_words(&g, "A(early)", &s, &e));
    assert_false(drive_parse_words(&g, "A(spurious", &s, &e));
    assert_false(drive_parse_words(&g, "A C", &s, &e));
    assert_string_equal(e.msg, "'C' names no thread here");
    assert_false(drive_parse_words(&g, "A*0", &s, &e));
    assert_false(drive_parse_words(&g, "A*2x", &s, &e));
    assert_false(drive_parse_words(&g, "A*99999999999", &s, &e));
    assert_false(drive_parse_words(&g, "A*", &s, &e));
    drive_fini(&g);
}

static int spurious_asked(const struct drive *lesson, void ask(const struct drive_game *, struct trace_request *))
{
    struct trace_request req;
    struct drive_game g;

    assert_true(drive_init(&g, lesson, NULL, NULL));
    ask(&g, &req);
    int n = req.spurious;
    trace_request_fini(&req);
    drive_fini(&g);
    return n;
}

static void only_the_lesson_bounds_spurious_wakeups(void **state)
{
    struct drive twice = *lesson(*state);

    assert_int_equal(spurious_asked(&twice, drive_request), 0);
    assert_int_equal(spurious_asked(NULL, drive_request), -1);
    twice.spurious = 2;
    assert_int_equal(spurious_asked(&twice, drive_request), 2);
    assert_int_equal(spurious_asked(&twice, drive_count_request), 2);
}

static void token_is_resumed(void **state)
{
    struct drive_game g;
    struct err e;

    (void)state;
    assert_true(drive_init(&g, NULL, NULL, NULL));
    assert_true(drive_resume(&g, "name@two:i:abc2:77", 2, &e));
    assert_int_equal(g.at, 2);
    assert_int_equal(g.schedule.step_count, 4);
    assert_int_equal(g.schedule.check, 0);
    assert_true(drive_resume(&g, "two:i:abc2", -1, &e));
    assert_int_equal(g.at, 4);
    assert_true(drive_resume(&g, "two:i:abc2", 99, &e));
    assert_int_equal(g.at, 4);
    assert_false(drive_resume(&g, "nonsense", -1, &e));
    drive_fini(&g);
}

/* The answer to a request: one thread, asleep. */
static enum drive_heard hear_a_sleeper(struct drive_game *g)
{
    struct trace_msg st = {.kind = MSG_STATE}, done = {.kind = MSG_DONE};

    st.state.threads = xcalloc(1, sizeof *st.state.threads);
    st.state.threads[0].status = THREAD_ASLEEP;
    st.state.thread_count = 1;
    assert_int_equal(drive_hear(g, &st), DRIVE_MORE);
    return drive_hear(g, &done);
}

static void a_sleeper_brings_the_hostile_clock_unless_a_token_says_which(void **state)
{
    struct drive_game g;
    struct err e;

    (void)state;
    assert_true(drive_init(&g, NULL, NULL, NULL));
    assert_int_equal(hear_a_sleeper(&g), DRIVE_AGAIN);
    assert_true(g.schedule.hostile);
    drive_fini(&g);
    assert_true(drive_init(&g, NULL, NULL, NULL));
    assert_true(drive_resume(&g, "two:i:abc2", 2, &e));
    assert_int_equal(hear_a_sleeper(&g), DRIVE_KNOWN);
    assert_false(g.schedule.hostile);
    drive_fini(&g);
}

static void bad_lessons_are_refused(void **state)
{
    char *names[] = {"A"}, *watch[] = {"c"};
    struct drive d = {.threads = names,
                      .thread_count = 1,
                      .goal = "final c == 1",
                      .watch = watch,
                      .watch_count = 1};
    struct drive_game g;
    struct err e;

    (void)state;
    assert_false(drive_init(&g, &d, NULL, &e));
    assert_string_equal(e.msg, "threads: 'A' is not NAME=start_routine");
    names[0] = "A=f(1)";
    assert_true(drive_init(&g, &d, NULL, &e));
    assert_string_equal(g.roles[0].routine, "f");
    drive_fini(&g);
    d.goal = "final d == 1";
    assert_false(drive_init(&g, &d, NULL, &e));
}

static void tally(struct drive_tally *t, const struct drive_game *g, const char *value, uint64_t n,
                  double p, size_t steps)
{
    struct trace_watch w = {.name = "c", .text = (char *)value, .size = 4};
    struct trace_msg m = {
        .kind = MSG_OUTCOME,
        .outcome = {.watches = &w, .watch_count = 1, .schedules = n, .probability = p}};

    for (size_t i = 0; i < steps; i++)
        trace_schedule_push(&m.outcome.witness, 1, 0);
    assert_false(drive_tally_hear(t, g, &m));
    trace_schedule_fini(&m.outcome.witness);
}

/* A drive without a goal compares ends: what was printed, and how it failed. */
static void ends_are_compared(void **state)
{
    const struct trace_outcome outcomes[] = {
        {.output = "1\n", .schedules = 5, .probability = 0.25},
        {.output = "2\n", .schedules = 10, .probability = 0.5},
        {.output = "1\n", .reason = REASON_DEADLOCK_CYCLE, .schedules = 1, .probability = 0.125},
        {.output = "1\n", .schedules = 4, .probability = 0.125}};
    const struct trace_state one = {.output = "1\n"}, none = {0},
                             stuck = {.output = "1\n", .failure.reason = REASON_DEADLOCK_CYCLE};
    struct drive_game free_drive = {0};
    struct drive_tally t = {0};

    (void)state;
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        drive_tally_hear(&t, &free_drive, &(struct trace_msg){.kind = MSG_OUTCOME, .outcome = outcomes[i]});
    drive_tally_hear(&t, &free_drive, &(struct trace_msg){.kind = MSG_DONE, .count.complete = true});
    drive_tally_like(&t, &one);
    char *words = drive_tally_words(&t);
    assert_string_equal(words,
                        "9 of 20 schedules end like this; with every step left to chance it happens in 38% of the runs");
    free(words);
    drive_tally_like(&t, &stuck);
    words = drive_tally_words(&t);
    assert_string_equal(words,
                        "1 of 20 schedules ends like this; with every step left to chance it happens in 12% of the runs");
    free(words);
    drive_tally_like(&t, &none);
    assert_int_equal(t.meet, 0);
    drive_tally_fini(&t);
}

static void outcomes_are_added_up(void **state)
{
    struct play *p = *state;
    struct trace_msg done = {.kind = MSG_DONE, .count = {.complete = true}};
    struct drive_tally t = {0};
    struct drive_game g;

    assert_true(drive_init(&g, lesson(p), NULL, NULL));
    tally(&t, &g, "2", 2, 0.5, 4);
    tally(&t, &g, "1", 3, 0.25, 5);
    tally(&t, &g, "1", 1, 0.25, 3);
    assert_true(drive_tally_hear(&t, &g, &done));
    assert_int_equal(t.meet, 4);
    assert_int_equal(t.total, 6);
    assert_int_equal(t.witness.step_count, 3);
    char *words = drive_tally_words(&t);
    assert_string_equal(
        words,
        "4 of 6 schedules do this; with every step left to chance it happens in 50% of the runs");
    free(words);
    drive_tally_fini(&t);
    t = (struct drive_tally){.meet = 8, .total = 924, .probability = 0.0039, .complete = true};
    words = drive_tally_words(&t);
    assert_string_equal(
        words,
        "8 of 924 schedules do this; with every step left to chance it happens in 0.39% of the runs");
    free(words);
    t = (struct drive_tally){.meet = 1, .total = 5000000};
    words = drive_tally_words(&t);
    assert_string_equal(words, "At least 1 of more than 5000000 schedules does this");
    free(words);
    drive_fini(&g);
}

/* Answers one request of the game from the recording; what the walk says to it. */
static enum drive_heard walk_on(struct play *p, struct drive_walk *w)
{
    enum drive_heard heard = DRIVE_MORE;
    struct trace_request req;

    drive_request(&w->game, &req);
    char *line = trace_request_encode(&req);
    const char *at = strstr(p->tape, line);
    if (!at)
        fail_msg("never recorded: %s", line);
    for (at += strlen(line); *at != '\n'; at = strchr(at, '\n') + 1) {
        char *text = xstrndup(at, strcspn(at, "\n"));
        struct trace_msg m;
        assert_true(trace_msg_decode(text, &m, NULL));
        heard = drive_walk_hear(w, &m);
        trace_msg_fini(&m);
        free(text);
    }
    trace_request_fini(&req);
    free(line);
    return heard;
}

static struct drive_tally walk_all(struct play *p, const char *goal)
{
    struct drive reach = *lesson(p);
    struct drive_game g;
    struct drive_walk w;

    reach.goal = (char *)goal;
    assert_true(drive_init(&g, &reach, NULL, NULL));
    assert_true(drive_walk_init(&w, &g, NULL));
    while (walk_on(p, &w) != DRIVE_KNOWN)
        ;
    struct drive_tally t = w.tally;
    w.tally = (struct drive_tally){0};
    drive_walk_fini(&w);
    drive_fini(&g);
    return t;
}

static void every_state_is_walked_through(void **state)
{
    struct drive_tally t = walk_all(*state, "reach c == 2");

    assert_true(t.complete);
    assert_int_equal(t.total, 6);
    assert_int_equal(t.meet, 2); /* only one after the other */
    assert_true(t.probability > 0.24 && t.probability < 0.51);
    assert_int_equal(t.witness.step_count, 4);
    drive_tally_fini(&t);
    t = walk_all(*state, "reach c == 1"); /* a moment of every run */
    assert_int_equal(t.meet, 6);
    assert_int_equal(t.witness.step_count, 2);
    char *words = drive_tally_words(&t);
    assert_string_equal(words, "All 6 schedules do this");
    free(words);
    drive_tally_fini(&t);
    t = walk_all(*state, "reach c == 3");
    assert_int_equal(t.meet, 0);
    assert_int_equal(t.total, 6);
    assert_false(t.has_witness);
    drive_tally_fini(&t);
}

static int setup(void **state)
{
    static struct play p;

    play_begin(&p, "lost.jsonl");
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    play_end(*state);
    return 0;
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* Steps as digits: "1221". */
static void step_all(struct drive_game *g, const char *digits)
{
    for (; *digits; digits++)
        drive_step(g, *digits - '0', 0);
}

static void assert_line(const struct drive_game *g, size_t k, const char *want)
{
    char *words = drive_line_words(g, k);
    assert_string_equal(words, want);
    free(words);
}

static void other_ways_are_kept(void **state)
{
    struct drive_game g;

    (void)state;
    assert_true(drive_init(&g, NULL, NULL, NULL));
    step_all(&g, "12");
    drive_back(&g);
    step_all(&g, "2"); /* the same step again: the same line */
    assert_int_equal(g.line_count, 0);
    step_all(&g, "11");
    drive_back(&g);
    drive_back(&g);
    step_all(&g, "2");
    assert_int_equal(g.line_count, 1);
    assert_line(&g, 0, "T1 T2 T1*2");
    assert_true(drive_line_take(&g, 0));
    assert_int_equal(g.at, 4);
    assert_int_equal(g.line_count, 1);
    assert_line(&g, 0, "T1 T2*2");
    assert_false(drive_line_take(&g, 1));
    drive_restart(&g);
    step_all(&g, "122"); /* played again, so nothing but the longer line is worth keeping */
    assert_int_equal(g.line_count, 1);
    assert_line(&g, 0, "T1 T2 T1*2");
    drive_fini(&g);
}

static void oldest_way_goes_first(void **state)
{
    struct drive_game g;

    (void)state;
    assert_true(drive_init(&g, NULL, NULL, NULL));
    for (int i = 0; i < DRIVE_LINES + 2; i++) {
        drive_restart(&g);
        drive_step(&g, i + 1, 0);
    }
    assert_int_equal(g.line_count, DRIVE_LINES);
    assert_line(&g, 0, "T2");
    assert_line(&g, DRIVE_LINES - 1, "T10");
    drive_fini(&g);
}

/* Main and the process P1 that it has started, each with `sold` in its memory. */
static void hear_of_a_child(struct drive_game *g)
{
    struct trace_msg m = {.kind = MSG_STATE};

    m.state.threads = xcalloc(2, sizeof *m.state.threads);
    m.state.threads[0] = (struct trace_thread){.status = THREAD_READY, .name = xstrdup("main")};
    m.state.threads[1] =
        (struct trace_thread){.tid = 1, .process = 1, .status = THREAD_READY, .name = xstrdup("P1")};
    m.state.thread_count = 2;
    m.state.watches = xcalloc(2, sizeof *m.state.watches);
    m.state.watches[0] = (struct trace_watch){.name = xstrdup("sold")};
    m.state.watches[1] = (struct trace_watch){.name = xstrdup("sold"), .process = 1};
    m.state.watch_count = 2;
    drive_hear(g, &m);
    trace_msg_fini(&m);
    m = (struct trace_msg){.kind = MSG_DONE};
    drive_hear(g, &m);
}

static void watch_is_called(const struct drive_game *g, size_t k, const char *expected)
{
    char *name = drive_watch_name(g, &g->run.state.watches[k]);

    assert_string_equal(name, expected);
    free(name);
}

static void a_process_has_a_role(void **state)
{
    char *threads[] = {"M=main", "C=fork"}, *watch[] = {"sold"};
    const struct drive child = {.threads = threads, .thread_count = 2, .watch = watch, .watch_count = 1,
                                .goal = "final sold == 1"};
    struct drive_game g;

    (void)state;
    assert_true(drive_init(&g, &child, NULL, NULL));
    assert_int_equal(drive_find(&g, "C"), TRACE_NO_THREAD);
    hear_of_a_child(&g);
    assert_int_equal(drive_find(&g, "C"), 1);
    assert_int_equal(drive_find(&g, "P1"), 1);
    assert_string_equal(report_thread_name(&g.run.state, 1), "C child");
    watch_is_called(&g, 0, "sold");
    watch_is_called(&g, 1, "sold in C");
    drive_fini(&g);
}

static void a_process_without_a_role(void **state)
{
    struct drive_game g;

    (void)state;
    assert_true(drive_init(&g, NULL, NULL, NULL));
    hear_of_a_child(&g);
    assert_int_equal(drive_find(&g, "P1"), 1);
    assert_int_equal(drive_find(&g, "T1"), TRACE_NO_THREAD);
    watch_is_called(&g, 1, "sold in P1");
    drive_fini(&g);
}

static void scores_in_words(void **state)
{
    char *one = drive_score(1, 1), *more = drive_score(5, 0);

    (void)state;
    assert_string_equal(one, "1 step, 1 switch");
    assert_string_equal(more, "5 steps, 0 switches");
    free(one);
    free(more);
}

static void goals_in_words(void **state)
{
    static const char *const goals[][2] = {{"deadlock", "a deadlock"},
                                           {"crash", "a crash"},
                                           {"final c == 1", "at the end `c == 1`"},
                                           {"output 2 2", "it prints `2 2`"}};

    (void)state;
    for (size_t i = 0; i < sizeof goals / sizeof *goals; i++) {
        char *words = drive_goal_words(goals[i][0]);
        assert_string_equal(words, goals[i][1]);
        free(words);
    }
}

static void arguments_go_to_main(void **state)
{
    struct drive_game g;
    struct trace_request q;

    (void)state;
    assert_true(drive_init(&g, NULL, NULL, NULL));
    drive_arguments(&g, " -n 2  -l");
    drive_request(&g, &q);
    assert_int_equal(q.arg_count, 3);
    assert_string_equal(q.args[0], "-n");
    assert_string_equal(q.args[2], "-l");
    trace_request_fini(&q);
    drive_fini(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(names_are_cast),        T(goal_is_reached),
        T(back_and_forward),      T(words_are_parsed),
        T(only_the_lesson_bounds_spurious_wakeups),
        T(token_is_resumed),      T(bad_lessons_are_refused),
        T(a_sleeper_brings_the_hostile_clock_unless_a_token_says_which),
        T(outcomes_are_added_up), T(ends_are_compared), T(every_state_is_walked_through),
        cmocka_unit_test(other_ways_are_kept), cmocka_unit_test(oldest_way_goes_first),
        cmocka_unit_test(goals_in_words), cmocka_unit_test(scores_in_words),
        cmocka_unit_test(arguments_go_to_main), cmocka_unit_test(a_process_has_a_role),
        cmocka_unit_test(a_process_without_a_role),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
