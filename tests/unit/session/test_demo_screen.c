/* The demo on the screen, with a log made by hand: live, afterwards, held, zoomed, left. */
#include "play.h"

#include <signal.h>

#include "session/demo.h"

#define SECOND UINT64_C(1000000000)
#define START  (50 * SECOND)

static struct lane_log *shared;

static void happen(int lane, double s, enum lane_kind kind, uint64_t object)
{
    struct lane *l = &shared->lanes[lane];

    l->ring[l->head % LANE_RING] =
        (struct lane_event){.ns = START + (uint64_t)(s * 1e9), .kind = kind, .object = object};
    l->head++;
}

static void add_lane(const char *name, double s, uint32_t section)
{
    struct lane *l = &shared->lanes[shared->lane_count];

    snprintf(l->name, sizeof l->name, "%s", name);
    l->started_ns = START + (uint64_t)(s * 1e9);
    l->section = section;
    happen((int)shared->lane_count++, s, LANE_START, 0);
}

static void end_lane(int lane, double s)
{
    happen(lane, s, LANE_END, 0);
    shared->lanes[lane].ended_ns = START + (uint64_t)(s * 1e9);
}

static void fact(enum fact_kind kind, double s, const char *text, double value, const char *unit)
{
    struct lane_fact *f = &shared->facts[shared->fact_count++];

    *f = (struct lane_fact){.kind = kind, .ns = START + (uint64_t)(s * 1e9), .value = value};
    snprintf(f->text, sizeof f->text, "%s", text);
    snprintf(f->unit, sizeof f->unit, "%s", unit);
}

/* Two dishes one after the other in main, then both at once. */
static void kitchen(void)
{
    if (shared->lane_count == 0)
        add_lane("main", 0, 0);
    fact(FACT_SECTION, 0, "sequential", 0, "");
    for (int i = 0; i < 2; i++) {
        happen(0, 2 * i, LANE_SLEEP, 2 * SECOND);
        happen(0, 2 * i + 1.9, LANE_AWAKE, 0);
    }
    fact(FACT_SECTION, 4, "threads", 0, "");
    add_lane("rice", 4, 2);
    add_lane("dal", 4, 2);
    happen(0, 4, LANE_JOIN, 1);
    for (int lane = 1; lane <= 2; lane++) {
        happen(lane, 4.1, LANE_SLEEP, 2 * SECOND);
        happen(lane, 5.9, LANE_AWAKE, 0);
        end_lane(lane, 6);
    }
    happen(0, 6, LANE_JOINED, 1);
    fact(FACT_SAY, 6, "waiting does not need a hand", 0, "");
    fact(FACT_REPORT, 6, "dishes", 4, "");
    for (int i = 0; i < 20; i++) {
        shared->samples[shared->sample_count].value = i < 12 ? 0 : i * 10;
        snprintf(shared->samples[shared->sample_count++].histogram, 28, "cups lost");
    }
}

static struct play *demo_play(void)
{
    struct play *p = xcalloc(1, sizeof *p);
    struct target t = {.kind = TARGET_DEMO};
    struct effects fx = {0};

    play_begin(p, NULL);
    t.block = course_find(p->course, BLOCK_DEMO, "restock", &t.lesson, &t.step);
    assert_non_null(t.block);
    t.file = xstrdup("restock.c");
    session_open(p->s, SCREEN_DEMO, &t, &fx);
    assert_int_equal(fx.list[0].kind, EFFECT_DEMO_START);
    effects_fini(&fx);
    target_fini(&t);
    shared = xcalloc(1, sizeof *shared);
    shared->magic = LANE_MAGIC;
    shared->version = LANE_VERSION;
    shared->start_ns = START;
    return p;
}

static void free_play(struct play *p)
{
    play_end(p);
    free(p);
    free(shared);
}

static void ready(struct play *p)
{
    struct message m = {.kind = MESSAGE_DEMO_READY, .lanes = shared};

    play_send(p, &m);
}

static void tick(struct play *p, double s)
{
    struct message m = {.kind = MESSAGE_TICK, .ns = START + (uint64_t)(s * 1e9)};

    play_send(p, &m);
}

static void ended(struct play *p, int status)
{
    struct message m = {.kind = MESSAGE_DEMO_ENDED, .n = status, .elapsed = 6, .cpu = 0.02};

    play_send(p, &m);
}

static void from_start_to_end(void **state)
{
    struct play *p = demo_play();

    (void)state;
    play_shows(p, "compiling");
    assert_true(session_busy(p->s));
    ready(p);
    assert_true(p->tick > 0);
    add_lane("main", 0, 0);
    tick(p, 1.5);
    play_shows(p, "running 1.5 s");
    play_shows(p, "main");
    kitchen();
    ended(p, 0);
    assert_int_equal(p->tick, 0); /* nothing wakes the lab any more */
    assert_int_equal(p->closed, 1);
    assert_false(session_busy(p->s));
    play_shows(p, "elapsed 6.00 s   CPU 0.02 s");
    play_shows(p, "waiting does not need a hand");
    play_shows(p, "threads 2 times as fast as sequential");
    play_compare(p, "demo-kitchen");
    assert_non_null(session_block_state(p->s, p->s->demo->target.step, p->s->demo->target.block));
    free_play(p);
}

static void looked_at_closely(void **state)
{
    struct play *p = demo_play();
    uint64_t from;

    (void)state;
    ready(p);
    kitchen();
    ended(p, 0);
    play_press(p, "Down Down Right Right");
    play_shows(p, "dal");
    for (int i = 0; i < 10; i++)
        play_press(p, "Right");
    play_shows(p, "dal sleeps 2 s, since 100 ms");
    uint64_t all = demo_span(p->s->demo, &from);
    play_press(p, "+ +");
    assert_int_equal(demo_span(p->s->demo, &from), all / 4);
    assert_true(from <= p->s->demo->at && p->s->demo->at <= from + all / 4);
    play_press(p, "- -");
    assert_int_equal(demo_span(p->s->demo, &from), all);
    for (int i = 0; i < 60; i++)
        play_press(p, "+");
    assert_true(demo_span(p->s->demo, &from) >= 1000);
    play_press(p, "End Home");
    free_play(p);
}

static void held(void **state)
{
    struct play *p = demo_play();

    (void)state;
    ready(p);
    add_lane("main", 0, 0);
    tick(p, 1);
    play_press(p, "space");
    assert_int_equal(p->tick, 0);
    play_shows(p, "held at 1.0 s");
    tick(p, 2);
    play_shows(p, "held at 1.0 s");
    play_press(p, "space");
    assert_true(p->tick > 0);
    tick(p, 2);
    play_shows(p, "running 2.0 s");
    free_play(p);
}

static void killed_by_leaving(void **state)
{
    struct play *p = demo_play();

    (void)state;
    ready(p);
    add_lane("main", 0, 0);
    tick(p, 1);
    play_press(p, "q");
    assert_int_equal(p->closed, 1);
    assert_int_equal(p->tick, 0);
    assert_null(p->s->demo);
    tick(p, 2); /* late messages do no harm */
    ended(p, SIGKILL);
    free_play(p);
}

static void how_it_ended(void **state)
{
    struct play *p = demo_play();

    (void)state;
    ready(p);
    add_lane("main", 0, 0);
    add_lane("T1", 1, 0);
    end_lane(0, 3);
    happen(0, 3, LANE_END, 0);
    ended(p, 3 << 8);
    play_shows(p, "it ended with status 3");
    play_shows(p, "✗"); /* T1 was still there */
    free_play(p);
    p = demo_play();
    struct message m = {.kind = MESSAGE_DEMO_FAILED, .text = xstrdup("no compiler")};
    play_send(p, &m);
    play_shows(p, "no compiler");
    play_press(p, "a");
    play_shows(p, "compiling");
    free_play(p);
}

static void a_histogram(void **state)
{
    struct play *p = demo_play();
    struct histogram h;
    const char *title;

    (void)state;
    ready(p);
    kitchen();
    ended(p, 0);
    assert_true(demo_histogram(p->s->demo, 0, &h, &title));
    assert_string_equal(title, "cups lost");
    assert_int_equal(h.samples, 20);
    assert_int_equal(h.bins[0].count, 12);
    assert_true(h.bins[0].low == 0 && h.bins[0].high == 0);
    size_t sum = 0;
    for (size_t i = 0; i < h.count; i++)
        sum += h.bins[i].count;
    assert_int_equal(sum, 20);
    assert_true(h.bins[h.count - 1].high == 200);
    assert_false(demo_histogram(p->s->demo, 1, &h, &title));
    free_play(p);
}

static void any_size(void **state)
{
    struct play *p = demo_play();

    (void)state;
    ready(p);
    kitchen();
    for (int i = 0; i < 60; i++)
        add_lane("many", 5, 2);
    ended(p, 0);
    play_press(p, "Right Down");
    for (int rows = 1; rows < 60; rows += 3)
        for (int cols = 1; cols < 220; cols += 7) {
            play_size(p, rows, cols);
            free(play_screen(p));
        }
    free_play(p);
}

/* 200 threads: several to a row, unless each is wanted for itself. */
static void many_threads(void **state)
{
    struct play *p = demo_play();
    size_t n;

    (void)state;
    ready(p);
    add_lane("main", 0, 0);
    for (int i = 1; i <= 200; i++) {
        char name[16];
        snprintf(name, sizeof name, "T%d", i);
        add_lane(name, 0, 0);
        happen(i, 0.1, i % 2 ? LANE_SLEEP : LANE_BLOCK, i % 2 ? 9 * SECOND : 64);
    }
    tick(p, 1);
    assert_true(demo_folds(p->s->demo));
    struct demo_row *rows = demo_rows(p->s->demo, &n);
    assert_true(n <= 12);
    assert_int_equal(rows[0].count, 1); /* main stands alone */
    size_t threads = 0;
    for (size_t i = 1; i < n; i++) {
        threads += rows[i].count;
        assert_true(demo_row_has(p->s->demo, &rows[i], rows[i].lane));
    }
    assert_int_equal(threads, 200);
    free(rows);
    play_press(p, "Right Right Right Right Right Right Right Right Right Right Down");
    play_shows(p, "T1 and 18 more: 9 blocked, 10 asleep");
    play_press(p, "f");
    assert_false(demo_folds(p->s->demo));
    free(demo_rows(p->s->demo, &n));
    assert_int_equal(n, 201);
    play_press(p, "Down");
    play_shows(p, "T1 sleeps 9 s");
    free_play(p);
}

static void from_event_to_event(void **state)
{
    struct play *p = demo_play();

    (void)state;
    kitchen();
    ready(p);
    tick(p, 6);
    ended(p, 0);
    play_press(p, "Down Down n");
    play_shows(p, "dal sleeps 2 s, since 100 ms");
    play_press(p, "n");
    play_shows(p, "dal runs; has slept, since 1.9 s");
    play_press(p, "n n");
    play_shows(p, "comes after this");
    play_press(p, "p p");
    play_shows(p, "dal sleeps 2 s");
    play_press(p, "p p p");
    play_shows(p, "comes before this");
    free_play(p);
}

/* A click is a row and a moment; clicks beside the lanes do nothing. */
static void pointed_at(void **state)
{
    struct play *p = demo_play();
    struct message m = {.kind = MESSAGE_KEY, .request = KEY_POINT, .n = 2, .cols = 30, .rows = 60};

    (void)state;
    kitchen();
    ready(p);
    tick(p, 6);
    ended(p, 0);
    play_send(p, &m);
    assert_true(p->s->demo->cursor);
    assert_int_equal(p->s->demo->row, 2);
    assert_true(p->s->demo->at > 19 * SECOND / 10 && p->s->demo->at < 21 * SECOND / 10);
    m = (struct message){.kind = MESSAGE_KEY, .request = KEY_POINT, .n = 99, .cols = 1, .rows = 60};
    play_send(p, &m);
    assert_int_equal(p->s->demo->row, 2);
    free_play(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_start_to_end),
        cmocka_unit_test(looked_at_closely),
        cmocka_unit_test(held),
        cmocka_unit_test(killed_by_leaving),
        cmocka_unit_test(how_it_ended),
        cmocka_unit_test(a_histogram),
        cmocka_unit_test(many_threads),
        cmocka_unit_test(pointed_at),
        cmocka_unit_test(from_event_to_event),
        cmocka_unit_test(any_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
