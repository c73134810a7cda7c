/* What the events of a run say about a moment of it. */
#include "play.h"

#include "session/moment.h"

static struct trace_ref at(int64_t offset, const char *name)
{
    return (struct trace_ref){
        .kind = REF_GLOBAL, .offset = offset, .size = 4, .name = (char *)name};
}

static struct trace_event event(int tid, enum event_kind kind, struct trace_ref object,
                                uint64_t value, uint64_t before)
{
    return (struct trace_event){.tid = tid,
                                .kind = kind,
                                .object = object,
                                .value = value,
                                .before = before,
                                .has_value = kind == EVENT_READ || kind == EVENT_WRITE};
}

static void values(void **state)
{
    struct trace_event list[] = {
        event(1, EVENT_READ, at(8, "c"), 0, 0),
        event(1, EVENT_WRITE, at(8, "c"), 5, 0),
        event(2, EVENT_WRITE, at(12, "d"), 0xffffffff, 0),
        event(2, EVENT_WRITE, at(8, "c"), 5, 5),
    };
    struct trace_run run = {.events = list, .count = 4};
    struct moment m;

    (void)state;
    moment_at(&m, &run, 1, 0);
    assert_int_equal(m.value_count, 1);
    assert_string_equal(m.values[0].text, "0");
    assert_int_equal(m.values[0].by, TRACE_NO_THREAD);
    moment_fini(&m);
    moment_at(&m, &run, 3, 2);
    assert_string_equal(m.values[0].text, "5");
    assert_false(m.values[0].changed); /* not by the newest */
    assert_string_equal(m.values[1].text, "-1");
    assert_true(m.values[1].changed);
    moment_fini(&m);
    moment_at(&m, &run, 99, 3);
    assert_int_equal(m.values[0].by, 2);
    assert_false(m.values[0].changed); /* written, but the same */
    moment_fini(&m);
}

/* Who got it within its time holds it; who gave up has nothing. */
static void locks_in_time(void **state)
{
    struct trace_ref mutex = at(16, "m");
    struct trace_event list[] = {
        event(1, EVENT_TIMEDLOCK, mutex, 0, 0),
        event(2, EVENT_TIMEOUT, mutex, 110, 0),
    };
    struct trace_run run = {.events = list, .count = 2};
    struct moment m;

    (void)state;
    moment_at(&m, &run, 2, 0);
    assert_int_equal(m.lock_count, 1);
    assert_int_equal(m.locks[0].holder, 1);
    moment_fini(&m);
}

static void locks(void **state)
{
    struct trace_ref mutex = at(16, "m"), cond = at(32, "c");
    struct trace_event list[] = {
        event(1, EVENT_LOCK, mutex, 0, 0),     event(2, EVENT_TRYLOCK, mutex, 16, 0),
        event(1, EVENT_COND_WAIT, cond, 0, 0), event(2, EVENT_LOCK, mutex, 0, 0),
        event(2, EVENT_SIGNAL, cond, 1, 0),    event(2, EVENT_UNLOCK, mutex, 0, 0),
        event(1, EVENT_RELOCK, mutex, 0, 0),
    };
    struct trace_run run = {.events = list, .count = 7};
    struct moment m;

    (void)state;
    list[2].object2 = mutex;
    moment_at(&m, &run, 2, 0);
    assert_int_equal(m.locks[0].holder, 1); /* the failed try took nothing */
    char *held = moment_held(&m, 1);
    assert_string_equal(held, "m");
    free(held);
    assert_null(moment_held(&m, 2));
    moment_fini(&m);
    moment_at(&m, &run, 3, 0);
    assert_int_equal(m.locks[0].holder, TRACE_NO_THREAD);
    assert_non_null(m.waits_on[1]);
    moment_fini(&m);
    moment_at(&m, &run, 5, 0);
    assert_int_equal(m.locks[0].holder, 2);
    assert_null(m.waits_on[1]);
    moment_fini(&m);
    moment_at(&m, &run, 7, 0);
    assert_int_equal(m.locks[0].holder, 1);
    moment_fini(&m);
}

static void assert_held(const struct moment *m, int tid, const char *want)
{
    char *held = moment_held(m, tid);

    assert_string_equal(held ? held : "", want);
    free(held);
}

static void readers(void **state)
{
    struct trace_ref board = at(16, "board");
    struct trace_event list[] = {
        event(1, EVENT_RDLOCK, board, 0, 0),   event(2, EVENT_TRYRDLOCK, board, 0, 0),
        event(3, EVENT_TRYWRLOCK, board, 16, 0), event(1, EVENT_RDLOCK, board, 0, 0),
        event(1, EVENT_RWUNLOCK, board, 0, 0), event(2, EVENT_RWUNLOCK, board, 0, 0),
        event(1, EVENT_RWUNLOCK, board, 0, 0), event(3, EVENT_WRLOCK, board, 0, 0),
        event(3, EVENT_RWUNLOCK, board, 0, 0),
    };
    struct trace_run run = {.events = list, .count = 9};
    struct moment m;

    (void)state;
    moment_at(&m, &run, 3, 0);
    assert_int_equal(m.locks[0].holder, TRACE_NO_THREAD); /* the failed try took nothing */
    assert_held(&m, 1, "board (reading)");
    assert_held(&m, 2, "board (reading)");
    assert_held(&m, 3, "");
    moment_fini(&m);
    moment_at(&m, &run, 6, 0);
    assert_held(&m, 1, "board (reading)"); /* locked twice, unlocked once */
    assert_false(moment_lock_free(&m.locks[0]));
    moment_fini(&m);
    moment_at(&m, &run, 7, 0);
    assert_true(moment_lock_free(&m.locks[0]));
    moment_fini(&m);
    moment_at(&m, &run, 8, 0);
    assert_held(&m, 3, "board");
    moment_fini(&m);
    moment_at(&m, &run, 9, 0);
    assert_true(moment_lock_free(&m.locks[0]));
    moment_fini(&m);
}

static void semaphores(void **state)
{
    struct trace_ref gate = at(16, "gate");
    struct trace_event list[] = {
        event(0, EVENT_SEM_INIT, gate, 2, 0),     event(1, EVENT_SEM_WAIT, gate, 1, 0),
        event(2, EVENT_SEM_TRYWAIT, gate, 0, 0),  event(3, EVENT_SEM_TRYWAIT, gate, 11, 0),
        event(1, EVENT_SEM_POST, gate, 1, 0),
    };
    const uint64_t after[] = {2, 1, 0, 0, 1};
    struct trace_run run = {.events = list, .count = 5};

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct moment m;
        moment_at(&m, &run, i + 1, i);
        assert_int_equal(m.count_count, 1);
        assert_int_equal(m.counts[0].value, after[i]);
        assert_int_equal(m.counts[0].changed, i != 3);
        moment_fini(&m);
    }
}

static struct trace_ref in(int process, struct trace_ref ref)
{
    ref.process = process;
    return ref;
}

/* fork copies what there is: a lock that is held stays held, by nobody who could give it back. */
static void processes(void **state)
{
    struct trace_ref a = at(16, "a"), b = at(32, "b"), c = at(8, "c");
    struct trace_event list[] = {
        event(0, EVENT_CREATE, (struct trace_ref){0}, 1, 0), event(1, EVENT_LOCK, a, 0, 0),
        event(0, EVENT_LOCK, b, 0, 0),          event(0, EVENT_WRITE, c, 5, 0),
        event(0, EVENT_FORK, (struct trace_ref){0}, 2, 0),   event(1, EVENT_UNLOCK, a, 0, 0),
        event(2, EVENT_WRITE, in(2, c), 7, 5),  event(2, EVENT_UNLOCK, in(2, b), 0, 0),
        event(2, EVENT_CREATE, (struct trace_ref){0}, 3, 0), event(3, EVENT_LOCK, in(2, b), 0, 0),
    };
    struct trace_run run = {.events = list, .count = 10};
    struct trace_ref mine = in(2, a), its = in(2, b);
    struct moment m;

    (void)state;
    moment_at(&m, &run, 5, 0);
    assert_int_equal(m.lock_count, 4);
    assert_true(moment_is_lock(&m.locks[2], &mine));
    assert_true(m.locks[2].left);
    assert_int_equal(m.locks[2].holder, 1);
    assert_true(moment_is_lock(&m.locks[3], &its));
    assert_false(m.locks[3].left);
    assert_int_equal(m.locks[3].holder, 2);
    char *held = moment_held(&m, 1);
    assert_string_equal(held, "a"); /* once: the copy is not its */
    free(held);
    moment_fini(&m);
    moment_at(&m, &run, 10, 6);
    assert_int_equal(m.locks[0].holder, TRACE_NO_THREAD);
    assert_true(m.locks[2].left);
    assert_int_equal(m.locks[1].holder, 0);
    assert_int_equal(m.locks[3].holder, 3);
    assert_int_equal(m.value_count, 2);
    assert_string_equal(m.values[0].text, "5");
    assert_string_equal(m.values[1].text, "7");
    moment_fini(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values), cmocka_unit_test(locks), cmocka_unit_test(locks_in_time),
                                       cmocka_unit_test(readers), cmocka_unit_test(semaphores),
                                       cmocka_unit_test(processes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
