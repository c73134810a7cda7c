/* The copy of a lane log: that nonsense in shared memory stays harmless, and what lanes say. */
#include "play.h"

#include <math.h>

#include "session/lanes.h"

#define SECOND UINT64_C(1000000000)
#define START  (50 * SECOND)

static struct lane_log *new_log(void)
{
    struct lane_log *log = xcalloc(1, sizeof *log);

    log->magic = LANE_MAGIC;
    log->version = LANE_VERSION;
    log->start_ns = START;
    return log;
}

static struct lane *add_lane(struct lane_log *log, const char *name, uint64_t start)
{
    struct lane *l = &log->lanes[log->lane_count++];

    snprintf(l->name, sizeof l->name, "%s", name);
    l->started_ns = START + start;
    return l;
}

static void happen(struct lane *l, uint64_t ns, enum lane_kind kind, uint64_t object)
{
    l->ring[l->head % LANE_RING] =
        (struct lane_event){.ns = START + ns, .kind = kind, .object = object};
    l->head++;
}

static void said(const struct lanes *l, uint64_t ns, const char *expected)
{
    char *words = lanes_words(l, 0, ns, 0);

    assert_string_equal(words, expected);
    free(words);
}

static void waits_for_others(void **state)
{
    struct lane_log *log = new_log();
    struct lane *l = add_lane(log, "main", 0);
    struct lanes lanes = {0};

    (void)state;
    happen(l, 1 * SECOND, LANE_WAIT, 4);
    l->ring[0].detail = LANE_DESCRIPTOR;
    happen(l, 2 * SECOND, LANE_WOKEN, UINT64_MAX);
    l->ring[1].detail = LANE_DESCRIPTOR;
    happen(l, 3 * SECOND, LANE_JOIN, UINT64_MAX);
    l->ring[2].detail = LANE_PROCESS;
    happen(l, 4 * SECOND, LANE_JOINED, 0);
    happen(l, 5 * SECOND, LANE_JOINED, UINT64_MAX);
    l->ring[4].detail = 10;
    lanes_take(&lanes, log);
    assert_int_equal(lanes_doing(&lanes.lanes[0], SECOND, 2 * SECOND, 9 * SECOND, false), DOING_WAIT);
    said(&lanes, 1 * SECOND, "main waits for descriptor 4, since 1 s");
    said(&lanes, 2 * SECOND, "main runs; has waited for one of several descriptors, since 2 s");
    said(&lanes, 3 * SECOND, "main waits for a process to end, since 3 s");
    said(&lanes, 4 * SECOND, "main runs; main has ended, since 4 s");
    said(&lanes, 5 * SECOND, "main runs; has waited in vain, since 5 s");
    lanes_fini(&lanes);
    free(log);
}

static void who_does_what(void **state)
{
    struct lane_log *log = new_log();
    struct lane *l = add_lane(log, "rice", SECOND);
    struct lanes lanes = {0};

    (void)state;
    happen(l, SECOND, LANE_START, 0);
    happen(l, 2 * SECOND, LANE_SLEEP, 2 * SECOND);
    happen(l, 4 * SECOND, LANE_AWAKE, 0);
    happen(l, 5 * SECOND, LANE_BLOCK, 0x1234);
    happen(l, 6 * SECOND, LANE_ACQUIRE, 0x1234);
    happen(l, 7 * SECOND, LANE_WAIT, 0x99);
    lanes_take(&lanes, log);
    const struct lanes_lane *a = &lanes.lanes[0];
    assert_int_equal(lanes_doing(a, 0, SECOND, 9 * SECOND, false), DOING_NOTHING);
    assert_int_equal(lanes_doing(a, SECOND, 2 * SECOND, 9 * SECOND, false), DOING_RUN);
    assert_int_equal(lanes_doing(a, 2 * SECOND, 4 * SECOND, 9 * SECOND, false), DOING_SLEEP);
    assert_int_equal(lanes_doing(a, 3 * SECOND, 7 * SECOND, 9 * SECOND, false),
                     DOING_RUN); /* 2 of 4 */
    assert_int_equal(lanes_doing(a, 5 * SECOND, 6 * SECOND, 9 * SECOND, false), DOING_BLOCK);
    assert_int_equal(lanes_doing(a, 8 * SECOND, 10 * SECOND, 9 * SECOND, false), DOING_WAIT);
    assert_int_equal(lanes_doing(a, 10 * SECOND, 11 * SECOND, 9 * SECOND, false), DOING_NOTHING);
    assert_int_equal(lanes_doing(a, 10 * SECOND, 11 * SECOND, 9 * SECOND, true), DOING_KILLED);
    char *words = lanes_words(&lanes, 0, 3 * SECOND, 0);
    assert_string_equal(words, "rice sleeps 2 s, since 2 s");
    free(words);
    words = lanes_words(&lanes, 0, 5 * SECOND + 5, 0);
    assert_string_equal(words, "rice waits for lock 1, since 5 s");
    free(words);
    words = lanes_words(&lanes, 0, SECOND / 2, 0);
    assert_string_equal(words, "rice has not begun");
    free(words);
    l->ended_ns = START + 8 * SECOND;
    lanes_take(&lanes, log);
    assert_int_equal(lanes_doing(a, 8 * SECOND + 1, 10 * SECOND, 9 * SECOND, true), DOING_NOTHING);
    lanes_fini(&lanes);
    free(log);
}

static void rings_turn(void **state)
{
    struct lane_log *log = new_log();
    struct lane *l = add_lane(log, "busy", 0);
    struct lanes lanes = {0};

    (void)state;
    for (int i = 0; i < 600; i++)
        happen(l, (uint64_t)i, LANE_PRINT, 1);
    lanes_take(&lanes, log);
    for (int i = 600; i < 1200; i++)
        happen(l, (uint64_t)i, LANE_PRINT, 1);
    lanes_take(&lanes, log);
    assert_int_equal(lanes.lanes[0].count, 1200); /* all of it, though the ring holds 1024 */
    assert_int_equal(lanes.lanes[0].lost, 0);
    for (int i = 1200; i < 4000; i++)
        happen(l, (uint64_t)i, LANE_PRINT, 1);
    lanes_take(&lanes, log);
    assert_int_equal(lanes.lanes[0].count + lanes.lanes[0].lost, 4000);
    assert_int_equal(lanes.lanes[0].count, 1200 + LANE_RING - 1);
    lanes_fini(&lanes);
    free(log);
}

static void nonsense_is_harmless(void **state)
{
    struct lane_log *log = new_log();
    struct lanes lanes = {0};

    (void)state;
    log->magic = 7;
    lanes_take(&lanes, log);
    assert_int_equal(lanes.count, 0);
    memset(log, 0xff, sizeof *log);
    log->magic = LANE_MAGIC;
    log->version = LANE_VERSION;
    log->start_ns = START;
    lanes_take(&lanes, log);
    assert_int_equal(lanes.count, LANE_MAX);
    assert_int_equal(lanes.fact_count, LANE_FACTS);
    assert_int_equal(lanes.sample_count, LANE_SAMPLES);
    assert_int_equal(strlen(lanes.lanes[3].name), LANE_NAME - 1);
    assert_true(utf8_valid(lanes.lanes[3].name, strlen(lanes.lanes[3].name)));
    assert_int_equal(lanes.facts[0].kind, FACT_NONE);
    assert_true(isfinite(lanes.samples[9].value));
    for (int i = 0; i < LANE_MAX; i++) {
        free(lanes_words(&lanes, (size_t)i, 12345, 0));
        log->lanes[i].head = 3; /* went back */
        log->lanes[i].ring[0].ns = 1;
    }
    lanes_take(&lanes, log);
    lanes_fini(&lanes);
    free(log);
}

/* From 1 s to 3 s it runs, but has a core for half of the time; then it sleeps, and oversleeps. */
static void no_core(void **state)
{
    struct lane_log *log = new_log();
    struct lane *l = add_lane(log, "dal", 0);
    struct lanes lanes = {0};
    int ready = 0;

    (void)state;
    happen(l, SECOND, LANE_RAN, SECOND);
    happen(l, 3 * SECOND, LANE_RAN, SECOND);
    happen(l, 3 * SECOND, LANE_SLEEP, SECOND);
    happen(l, 6 * SECOND, LANE_RAN, 0);
    happen(l, 6 * SECOND, LANE_AWAKE, 0);
    lanes_take(&lanes, log);
    const struct lanes_lane *a = &lanes.lanes[0];
    assert_int_equal(a->count, 2); /* marks are no events */
    assert_int_equal(a->cpu, 2 * SECOND);
    assert_int_equal(a->ready, SECOND);
    for (uint64_t i = 0; i < 20; i++) {
        uint64_t at = SECOND + i * SECOND / 10;
        enum lanes_doing doing = lanes_doing(a, at, at + SECOND / 10, 7 * SECOND, false);
        assert_true(doing == DOING_RUN || doing == DOING_READY);
        ready += doing == DOING_READY;
    }
    assert_int_equal(ready, 10);
    assert_int_equal(lanes_doing(a, 0, SECOND / 2, 7 * SECOND, false), DOING_RUN);
    assert_int_equal(lanes_doing(a, 3 * SECOND, 4 * SECOND, 7 * SECOND, false), DOING_SLEEP);
    assert_int_equal(lanes_doing(a, 5 * SECOND, 6 * SECOND, 7 * SECOND, false), DOING_READY);
    char *words = lanes_words(&lanes, 0, 2 * SECOND, 0);
    assert_string_equal(words, "dal runs; it had a core 50 % of the time");
    free(words);
    lanes_fini(&lanes);
    free(log);
}

static void recorded_and_read(void **state)
{
    struct lane_log *log = new_log();
    struct lane *l = add_lane(log, "main", 0);
    struct lanes lanes = {0}, again = {0};
    struct lanes_run run = {.machine = xstrdup("4 cores"), .output = xstrdup("one\ntwo\n"),
                            .elapsed = 2.5, .cpu = 0.25, .status = 256}, back = {0};

    (void)state;
    log->facts[0] = (struct lane_fact){.kind = FACT_SECTION, .ns = START, .text = "a | b"};
    log->facts[1] = (struct lane_fact){.kind = FACT_REPORT, .ns = START, .text = "cups", .value = 0.1, .unit = "ms"};
    log->fact_count = 2;
    log->samples[0] = (struct lane_sample){.histogram = "lost cups", .value = 3};
    log->sample_count = 1;
    happen(l, 10, LANE_BLOCK, UINT64_MAX);
    happen(l, SECOND, LANE_ACQUIRE, UINT64_MAX);
    happen(l, 2 * SECOND, LANE_RAN, SECOND / 2);
    happen(l, 2 * SECOND, LANE_PRINT, 1);
    lanes_take(&lanes, log);
    char *text = lanes_print(&lanes, &run), *twice;
    struct err e = {0};
    if (!lanes_parse(text, &again, &back, &e))
        fail_msg("%s", e.msg);
    assert_string_equal(back.machine, "4 cores");
    assert_string_equal(back.output, "one\ntwo\n");
    assert_int_equal(back.status, 256);
    assert_true(again.lanes[0].ready + 1000 > lanes.lanes[0].ready && again.lanes[0].ready < lanes.lanes[0].ready + 1000);
    assert_int_equal(again.last, 2 * SECOND + SECOND / 2);
    twice = lanes_print(&again, &back);
    assert_string_equal(twice, text);
    free(twice);
    lanes_fini(&again);
    lanes_run_fini(&back);
    /* Cut anywhere, and with any line made nonsense, it is refused or read, never trusted. */
    for (size_t i = 0; i < strlen(text); i++) {
        char *bad = xstrndup(text, i);
        if (lanes_parse(bad, &again, &back, &e)) {
            lanes_fini(&again);
            lanes_run_fini(&back);
        }
        free(bad);
        bad = xstrdup(text);
        bad[i] = bad[i] == '9' ? 'x' : '9';
        if (lanes_parse(bad, &again, &back, &e)) {
            lanes_fini(&again);
            lanes_run_fini(&back);
        }
        free(bad);
    }
    free(text);
    lanes_run_fini(&run);
    lanes_fini(&lanes);
    free(log);
}

static void bad_recordings_are_refused(void **state)
{
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"", "this is no recorded run: its first line is not 'threadmill-lanes 1'"},
        {"threadmill-lanes 2\n", "this is no recorded run: its first line is not 'threadmill-lanes 1'"},
        {"threadmill-lanes 1\n", "the recorded run has no lane"},
        {"threadmill-lanes 1\n5 sleep 3 0\n", "line 2 of the recorded run makes no sense"},
        {"threadmill-lanes 1\nlane 0 5 3 A\n", "line 2 of the recorded run makes no sense"},
        {"threadmill-lanes 1\nlane 0 0 - A\n1 dance 3 0\n", "line 3 of the recorded run makes no sense"},
        {"threadmill-lanes 1\nlane 0 0 - A\ncore 5 1.5\n", "line 3 of the recorded run makes no sense"},
        {"threadmill-lanes 1\nrun nan 0 0 0\n", "line 2 of the recorded run makes no sense"},
        {"threadmill-lanes 1\nlane 0 99999999999999999999 - A\n", "line 2 of the recorded run makes no sense"},
    };
    struct lanes lanes = {0};
    struct lanes_run run = {0};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};
        assert_false(lanes_parse(bad[i].text, &lanes, &run, &e));
        assert_string_equal(e.msg, bad[i].why);
        assert_null(lanes.lanes);
    }
}

static void sections(void **state)
{
    struct lane_log *log = new_log();
    struct lanes lanes = {0};

    (void)state;
    add_lane(log, "main", 0);
    log->facts[0] =
        (struct lane_fact){.kind = FACT_SECTION, .ns = START + SECOND, .text = "one by one"};
    log->facts[1] = (struct lane_fact){.kind = FACT_SAY, .ns = START + 2 * SECOND, .text = "hm"};
    log->facts[2] =
        (struct lane_fact){.kind = FACT_SECTION, .ns = START + 7 * SECOND, .text = "threads"};
    log->fact_count = 3;
    lanes_take(&lanes, log);
    assert_int_equal(lanes_section_count(&lanes), 2);
    assert_int_equal(lanes_section_start(&lanes, 0), 0);
    assert_int_equal(lanes_section_start(&lanes, 2), 7 * SECOND);
    assert_int_equal(lanes_section_end(&lanes, 1, 9 * SECOND), 7 * SECOND);
    assert_int_equal(lanes_section_end(&lanes, 2, 9 * SECOND), 9 * SECOND);
    assert_string_equal(lanes_section_title(&lanes, 2), "threads");
    assert_string_equal(lanes_section_title(&lanes, 3), "");
    lanes_fini(&lanes);
    free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_for_others),
        cmocka_unit_test(who_does_what),
        cmocka_unit_test(rings_turn),
        cmocka_unit_test(nonsense_is_harmless),
        cmocka_unit_test(sections),
        cmocka_unit_test(no_core),
        cmocka_unit_test(recorded_and_read),
        cmocka_unit_test(bad_recordings_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
