/* Reports: from what an engine would say (built here by hand, already named) to literal text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "report/facts.h"
#include "report/report.h"

/* ---- builders ------------------------------------------------------------------ */

static struct trace_ref global(const char *name, int64_t offset)
{
    return (struct trace_ref){
        .kind = REF_GLOBAL, .offset = offset, .size = 4, .name = xstrdup(name)};
}

static struct trace_place line(const char *file, int n)
{
    return (struct trace_place){
        .pc = (uint64_t)n, .file = xstrdup(file), .func = xstrdup("deposit"), .line = n};
}

static struct trace_event *add(struct trace_run *run, int tid, enum event_kind kind)
{
    ARRAY_GROW(run->events, run->count, run->cap);
    struct trace_event *ev = &run->events[run->count];
    *ev = (struct trace_event){
        .index = (int)run->count, .tid = tid, .kind = kind, .value = UINT64_MAX};
    run->count++;
    return ev;
}

static void access_to(struct trace_run *run, int tid, enum event_kind kind, const char *name,
                      int64_t offset, int value, int before, int at)
{
    struct trace_event *ev = add(run, tid, kind);
    ev->object = global(name, offset);
    ev->at = line("account.c", at);
    ev->value = (uint64_t)(uint32_t)value;
    ev->before = (uint64_t)(uint32_t)before;
    ev->has_value = true;
}

static void lock_event(struct trace_run *run, int tid, enum event_kind kind, const char *name,
                       int64_t offset)
{
    struct trace_event *ev = add(run, tid, kind);
    ev->object = global(name, offset);
    ev->value = 0;
}

static void name_threads(struct trace_run *run, const char *const *names, size_t n)
{
    run->state.threads = xcalloc(n, sizeof *run->state.threads);
    run->state.thread_count = n;
    for (size_t i = 0; i < n; i++)
        run->state.threads[i] = (struct trace_thread){.tid = (int)i,
                                                      .status = THREAD_ENDED,
                                                      .holder = TRACE_NO_THREAD,
                                                      .name = xstrdup(names[i])};
}

static struct report *report_new(const char *subject, size_t tests)
{
    struct report *r = xcalloc(1, sizeof *r);
    r->subject = xstrdup(subject);
    r->file = xstrdup("/work/account.c");
    r->tests = xcalloc(tests ? tests : 1, sizeof *r->tests);
    r->test_count = tests;
    for (size_t i = 0; i < tests; i++) {
        r->tests[i].result.preemptions = -1;
        r->tests[i].result.complete = true;
        r->tests[i].result.runs = 2;
    }
    return r;
}

static void name_test(struct report_test *t, const char *name, const char *title,
                      const char *belief, const char *step)
{
    t->info =
        (struct trace_test_info){xstrdup(name), xstrdup(title), xstrdup(belief), xstrdup(step)};
}

static void same(const char *got, const char *expected)
{
    if (strcmp(got, expected) != 0)
        print_error("got:\n%s\n", got);
    assert_string_equal(got, expected);
}

static void line_no_wider_than(const char *s, size_t width)
{
    size_t columns = 0;
    for (const char *p = s; *p; p++)
        columns += ((unsigned char)*p & 0xc0) != 0x80;
    if (columns > width && !strstr(s, "threadmill replay"))
        fail_msg("%zu columns: %s", columns, s);
}

static void no_wider_than(const char *text, size_t width)
{
    char *copy = xstrdup(text), *save = NULL;
    for (char *s = strtok_r(copy, "\n", &save); s; s = strtok_r(NULL, "\n", &save))
        line_no_wider_than(s, width);
    free(copy);
}

/* ---- a lost update --------------------------------------------------------------- */

static const char *const depositors[] = {"main", "T1 deposit", "T2 deposit"};

static void lost_update_run(struct trace_run *run)
{
    name_threads(run, depositors, 3);
    add(run, 0, EVENT_CREATE)->value = 1;
    add(run, 0, EVENT_CREATE)->value = 2;
    access_to(run, 1, EVENT_READ, "balance", 8, 100, 0, 21);
    access_to(run, 2, EVENT_READ, "balance", 8, 100, 0, 21);
    access_to(run, 2, EVENT_WRITE, "balance", 8, 130, 100, 21);
    access_to(run, 1, EVENT_WRITE, "balance", 8, 150, 130, 21);
    add(run, 0, EVENT_JOIN)->value = 1;
    add(run, 0, EVENT_JOIN)->value = 2;
}

static struct report *lost_update(void)
{
    struct report *r = report_new("03-race-conditions/lost-update", 2);
    struct report_test *t = &r->tests[0];
    static const struct exercise ex = {0};
    r->exercise = &ex;
    name_test(t, "two_deposits", "", "M04", "03.4");
    name_test(&r->tests[1], "one_deposit", "", "", "");
    t->read_title = xstrdup("Lose an update");
    lost_update_run(&t->run);
    t->result.verdict = VERDICT_WRONG;
    t->result.complete = false;
    t->result.runs = 3;
    t->result.preemptions = 1;
    t->result.switches = 3;
    t->result.failure = (struct trace_failure){.reason = REASON_CHECK,
                                               .tid = 0,
                                               .other = TRACE_NO_THREAD,
                                               .detail = xstrdup("balance is 150, expected 180"),
                                               .at = line("check.c", 17)};
    t->result.schedule.test = xstrdup("two_deposits");
    for (int i = 0; i < 8; i++)
        trace_schedule_push(&t->result.schedule, i % 3, 0);
    t->token = report_token(r, &t->result.schedule);
    report_judge(r);
    r->seconds = 0.004;
    return r;
}

static void text_of_a_lost_update(void **state)
{
    (void)state;
    struct report *r = lost_update();
    char *text = report_text(r, 80);
    same(text, "exercise 03-race-conditions/lost-update \xc2\xb7 test two_deposits\n"
               "WRONG     balance is 150, expected 180\n"
               "where     check.c:17 in deposit\n"
               "schedule  8 steps, 3 switches, 1 preemption; found after 3 interleavings\n"
               "why       T1 read balance = 100, then T2 wrote 130; what T1 wrote next (150)\n"
               "          comes from the old value: T2's change is lost\n"
               "right if  one statement were one step\n"
               "read      03.4 \"Lose an update\"\n"
               "\n"
               "  step  main                 T1 deposit           T2 deposit           balance\n"
               "     1  create T1, T2                                                  100\n"
               "     2>                      read balance = 100                        100\n"
               "     3                                            read balance = 100   100\n"
               "     4                                            write balance = 130  130\n"
               "     5>                      write balance = 150                       150\n"
               "        <- forgets what T2 wrote\n"
               "     6  join T1, T2                                                    150\n"
               "\n"
               "replay: threadmill replay lost-update@two_deposits:i:abcabcab\n"
               "\n"
               "passed    one_deposit: every interleaving, 2 runs\n"
               "FAILED    1 of 2 tests, 5 runs, 0.00 s\n");
    free(text);
    report_free(r);
}

static void rows_say_what_matters(void **state)
{
    (void)state;
    struct report *r = lost_update();
    size_t n;
    struct report_row *rows = report_test_rows(&r->tests[0], &n);
    assert_int_equal(n, 6);
    assert_string_equal(rows[0].text, "create T1, T2");
    assert_true(rows[1].marked && rows[4].marked);
    assert_false(rows[0].marked || rows[2].marked || rows[3].marked || rows[5].marked);
    assert_string_equal(rows[4].note, "forgets what T2 wrote");
    assert_int_equal(rows[4].event, 5);
    report_rows_free(rows, n);
    report_free(r);
}

static void every_width_holds(void **state)
{
    (void)state;
    struct report *r = lost_update();
    for (int width = 40; width <= 200; width += 7) {
        char *text = report_text(r, width);
        no_wider_than(text, (size_t)width);
        free(text);
    }
    report_free(r);
}

/* ---- a race -------------------------------------------------------------------------- */

static void text_of_a_race(void **state)
{
    (void)state;
    struct report *r = report_new("counter.c", 1);
    struct report_test *t = &r->tests[0];
    struct trace_failure *f = &t->result.failure;
    name_test(t, "main", "", "", "");
    name_threads(&t->run, depositors, 3);
    access_to(&t->run, 1, EVENT_WRITE, "count", 8, 1, 0, 9);
    access_to(&t->run, 2, EVENT_READ, "count", 8, 1, 0, 14);
    t->result.verdict = VERDICT_RACE;
    *f = (struct trace_failure){.reason = REASON_DATA_RACE,
                                .tid = 2,
                                .other = 1,
                                .object = global("count", 8),
                                .has_race = true};
    f->race[0] = (struct trace_access){
        .tid = 1, .write = true, .at = line("/x/counter.c", 9), .lock_count = 1};
    f->race[0].locks = xcalloc(1, sizeof *f->race[0].locks);
    f->race[0].locks[0] = global("lock_a", 64);
    f->race[1] = (struct trace_access){.tid = 2, .at = line("/x/counter.c", 14)};
    free(t->run.events[0].at.file);
    free(t->run.events[1].at.file);
    t->run.events[0].at.file = xstrdup("/x/counter.c");
    t->run.events[1].at.file = xstrdup("/x/counter.c");
    report_judge(r);
    char *text = report_text(r, 80);
    same(text, "program counter.c\n"
               "RACE      T2 deposit and T1 deposit access count and nothing orders them\n"
               "where     counter.c:9: T1 deposit writes count, holding lock_a\n"
               "          counter.c:14: T2 deposit reads count, holding no lock\n"
               "why       T1 holds lock_a, but T2 reads count without it: a reader needs the\n"
               "          lock too\n"
               "right if  reading needed no lock\n"
               "\n"
               "  step  T1 deposit                    T2 deposit                    count\n"
               "     1> write count = 1                                             1\n"
               "     2>                               read count = 1                1\n"
               "        <- nothing orders these two\n"
               "\n"
               "FAILED    1 of 1 test, 2 runs, 0.00 s\n");
    free(text);
    report_free(r);
}

/* Main and T1 race on "done" (main reads at 11, T1 writes at 5); the caller says what else. */
static struct report *sleepers(void)
{
    struct report *r = report_new("sleepers.c", 1);
    struct report_test *t = &r->tests[0];
    struct trace_failure *f = &t->result.failure;
    name_test(t, "main", "", "", "");
    name_threads(&t->run, depositors, 2);
    t->result.verdict = VERDICT_RACE;
    *f = (struct trace_failure){.reason = REASON_DATA_RACE,
                                .tid = 0,
                                .other = 1,
                                .object = global("done", 8),
                                .has_race = true};
    f->race[0] = (struct trace_access){.tid = 1, .write = true, .at = line("account.c", 5)};
    f->race[1] = (struct trace_access){.tid = 0, .at = line("account.c", 11)};
    return r;
}

static void sleeping_orders_nothing(void **state)
{
    (void)state;
    for (int asleep = 0; asleep < 4; asleep++) { /* nobody; main before the create; after it; it computes then */
        struct report *r = sleepers();
        struct report_test *t = &r->tests[0];
        if (asleep == 1)
            add(&t->run, 0, EVENT_SLEEP);
        add(&t->run, 0, EVENT_CREATE)->value = 1;
        if (asleep == 3)
            add(&t->run, 0, EVENT_WORK);
        if (asleep >= 2)
            add(&t->run, 0, EVENT_SLEEP);
        access_to(&t->run, 1, EVENT_WRITE, "done", 8, 1, 0, 5);
        access_to(&t->run, 0, EVENT_READ, "done", 8, 1, 0, 11);
        static const enum reason then[] = {REASON_NONE, REASON_SERIAL, REASON_CHECK};
        for (size_t i = 0; i < sizeof then / sizeof *then; i++) {
            t->result.consequence.reason = then[i];
            char *why = report_why(t);
            assert_int_equal(str_starts(why, "sleeping orders nothing"), asleep == 2);
            assert_int_equal(str_starts(why, "main reads done before it has joined"), asleep != 2);
            free(why);
        }
        t->result.consequence.reason = REASON_USE_AFTER_FREE;
        char *why = report_why(t);
        assert_true(str_starts(why, "in this order the memory is freed"));
        free(why);
        report_free(r);
    }
}

static void race_is_marked_in_either_order(void **state)
{
    (void)state;
    struct report *r = sleepers();
    struct report_test *t = &r->tests[0];
    add(&t->run, 0, EVENT_CREATE)->value = 1;
    access_to(&t->run, 0, EVENT_READ, "done", 8, 0, 0, 11);
    access_to(&t->run, 1, EVENT_WRITE, "done", 8, 1, 0, 5);
    add(&t->run, 0, EVENT_JOIN)->value = 1;
    size_t n;
    struct report_row *rows = report_test_rows(t, &n);
    assert_int_equal(n, 4);
    assert_true(rows[1].marked && rows[2].marked);
    assert_false(rows[0].marked || rows[3].marked);
    assert_string_equal(rows[2].note, "nothing orders these two");
    report_rows_free(rows, n);
    report_free(r);
}

static void a_free_is_called_a_free(void **state)
{
    (void)state;
    struct report *r = sleepers();
    struct report_test *t = &r->tests[0];
    access_to(&t->run, 0, EVENT_READ, "done", 8, 0, 0, 11);
    access_to(&t->run, 1, EVENT_WRITE, "done", 8, 0, 0, 5);
    struct trace_event *ev = add(&t->run, 1, EVENT_FREE);
    ev->at = line("account.c", 5);
    size_t n;
    char **where = report_where(t, &n);
    assert_int_equal(n, 2);
    assert_string_equal(where[0], "account.c:5: T1 deposit frees done, holding no lock");
    assert_string_equal(where[1], "account.c:11: main reads done, holding no lock");
    for (size_t i = 0; i < n; i++)
        free(where[i]);
    free(where);
    report_free(r);
}

/* free(p); done = 1; on one line: the write that races is no free. */
static void a_write_beside_a_free(void **state)
{
    (void)state;
    struct report *r = sleepers();
    struct report_test *t = &r->tests[0];
    access_to(&t->run, 1, EVENT_WRITE, "block", 64, 0, 0, 5);
    add(&t->run, 1, EVENT_FREE)->at = line("account.c", 5);
    access_to(&t->run, 1, EVENT_WRITE, "done", 8, 1, 0, 5);
    t->run.events[2].at.pc = t->result.failure.race[0].at.pc = 6;
    access_to(&t->run, 0, EVENT_READ, "done", 8, 1, 0, 11);
    char *why = report_why(t);
    assert_true(str_starts(why, "the same memory is used by both"));
    free(why);
    report_free(r);
}

/* What fails in the test, or in lab/loop.h, was called by a line of the learner's. */
static void the_line_that_called(void **state)
{
    (void)state;
    struct report *r = lost_update();
    struct trace_thread *main = &r->tests[0].run.state.threads[0];
    const struct trace_place stack[] = {line("check.c", 17), line("loop.h", 290), line("account.c", 8), line("check.c", 30)};
    size_t n;
    main->stack = xcalloc(4, sizeof *main->stack);
    main->stack_len = 4;
    memcpy(main->stack, stack, sizeof stack);
    char **where = report_where(&r->tests[0], &n);
    assert_int_equal(n, 2);
    assert_string_equal(where[0], "check.c:17 in deposit");
    assert_string_equal(where[1], "account.c:8: called by deposit");
    for (size_t i = 0; i < n; i++)
        free(where[i]);
    free(where);
    report_free(r);
}

/* Whatever belief the course may name, the report knows what is true instead. */
static void every_belief_has_its_truth(void **state)
{
    (void)state;
    char *text = file_read(BELIEFS, 1 << 20, NULL, NULL), *save = NULL;
    int found = 0;
    assert_non_null(text);
    for (char *s = strtok_r(text, "\n", &save); s; s = strtok_r(NULL, "\n", &save)) {
        if (*s == '#')
            continue;
        char *id = strtok(s, " |");
        if (!report_misconception(id))
            fail_msg("no truth for %s", id);
        found++;
    }
    assert_int_equal(found, 50);
    assert_null(report_misconception("M51"));
    free(text);
}

/* ---- a deadlock ------------------------------------------------------------------------ */

static void block(struct trace_run *run, int tid, const char *object, int64_t offset, int holder)
{
    struct trace_thread *t = &run->state.threads[tid];
    t->status = THREAD_BLOCKED;
    t->next = EVENT_LOCK;
    t->object = global(object, offset);
    t->holder = holder;
    t->since = line("account.c", 30 + holder);
    t->at = line("account.c", 40 + tid);
}

static void text_of_a_deadlock(void **state)
{
    (void)state;
    struct report *r = report_new("transfer.c", 1);
    struct report_test *t = &r->tests[0];
    name_test(t, "main", "", "", "");
    name_threads(&t->run, depositors, 3);
    lock_event(&t->run, 1, EVENT_LOCK, "lock_a", 64);
    lock_event(&t->run, 2, EVENT_LOCK, "lock_b", 128);
    block(&t->run, 1, "lock_b", 128, 2);
    block(&t->run, 2, "lock_a", 64, 1);
    t->run.state.threads[0].status = THREAD_BLOCKED;
    t->run.state.threads[0].next = EVENT_JOIN;
    t->run.state.threads[0].value = 1;
    t->result.verdict = VERDICT_DEADLOCK;
    t->result.failure =
        (struct trace_failure){.reason = REASON_DEADLOCK_CYCLE, .tid = 1, .other = 2};
    report_judge(r);
    char *text = report_text(r, 80);
    same(text, "program transfer.c\n"
               "DEADLOCK  each waits for a lock that the next one holds\n"
               "where     account.c:41: T1 deposit waits for lock_b, held by T2 deposit since\n"
               "          account.c:32\n"
               "          account.c:42: T2 deposit waits for lock_a, held by T1 deposit since\n"
               "          account.c:31\n"
               "          main waits for T1 deposit to end\n"
               "why       T1 took lock_a first and then wants lock_b, T2 took lock_b first and\n"
               "          then wants lock_a: the same two locks in opposite orders\n"
               "right if  nobody ever came between taking the first lock and the second\n"
               "\n"
               "  step  main                    T1 deposit              T2 deposit\n"
               "     1>                         locks lock_a\n"
               "     2>                                                 locks lock_b\n"
               "     3> waits for T1 deposit to\n"
               "        end\n"
               "     4>                         waits for lock_b, held\n"
               "                                by T2 deposit since\n"
               "                                account.c:32\n"
               "     5>                                                 waits for lock_a, held\n"
               "                                                        by T1 deposit since\n"
               "                                                        account.c:31\n"
               "\n"
               "FAILED    1 of 1 test, 2 runs, 0.00 s\n");
    free(text);
    report_free(r);
}

/* Whoever got it within its time holds it; who tried once more and failed took it no second time. */
static void the_row_that_took_the_lock(void **state)
{
    (void)state;
    struct report *r = report_new("transfer.c", 1);
    struct report_test *t = &r->tests[0];
    name_threads(&t->run, depositors, 3);
    lock_event(&t->run, 1, EVENT_TIMEDLOCK, "lock_a", 64);
    lock_event(&t->run, 1, EVENT_TRYLOCK, "lock_a", 64);
    t->run.events[1].value = 16; /* EBUSY */
    block(&t->run, 2, "lock_a", 64, 1);
    t->result.failure = (struct trace_failure){.reason = REASON_DEADLOCK_HELD, .tid = 2, .other = 1};
    size_t n;
    struct report_row *rows = report_test_rows(t, &n);
    assert_int_equal(n, 3);
    assert_true(rows[0].marked);
    assert_false(rows[1].marked);
    report_rows_free(rows, n);
    report_free(r);
}

static void locks_taken_and_given_back(void **state)
{
    static const enum event_kind takes[] = {EVENT_LOCK,   EVENT_RELOCK,    EVENT_TRYLOCK, EVENT_TIMEDLOCK,
                                            EVENT_RDLOCK, EVENT_TRYRDLOCK, EVENT_WRLOCK,  EVENT_TRYWRLOCK};
    static const enum event_kind gives[] = {EVENT_UNLOCK, EVENT_RWUNLOCK, EVENT_COND_WAIT};
    (void)state;
    for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
        struct trace_event got = {.kind = takes[i]}, not = {.kind = takes[i], .value = 11};
        assert_int_equal(facts_locks_taken(&got), 1);
        assert_int_equal(facts_locks_taken(&not), 0);
    }
    for (size_t i = 0; i < sizeof gives / sizeof *gives; i++)
        assert_int_equal(facts_locks_taken(&(struct trace_event){.kind = gives[i]}), -1);
    assert_int_equal(facts_locks_taken(&(struct trace_event){.kind = EVENT_TIMEOUT}), 0);
}

/* T1 locks at `taken`, goes on in the test, which then calls what locks again. */
static char *why_of_own_lock(struct trace_place taken)
{
    struct report *r = report_new("transfer.c", 1);
    struct report_test *t = &r->tests[0];
    name_threads(&t->run, depositors, 3);
    lock_event(&t->run, 1, EVENT_LOCK, "lock_a", 64);
    t->run.events[0].at = line(taken.file, taken.line);
    access_to(&t->run, 1, EVENT_WRITE, "count", 8, 1, 0, 30);
    strcpy(t->run.events[1].at.file, "check.c");
    struct trace_thread *self = &t->run.state.threads[1];
    self->stack = xcalloc(2, sizeof *self->stack);
    self->stack_len = 2;
    self->stack[0] = line("account.c", 40);
    self->stack[1] = line("check.c", 31);
    t->result.failure = (struct trace_failure){
        .reason = REASON_DEADLOCK_SELF, .tid = 1, .other = 1, .object = global("lock_a", 64), .at2 = line(taken.file, taken.line)};
    char *why = report_why(t);
    report_free(r);
    return why;
}

/* A function of the learner's that was left has kept its lock; the test that took one itself holds it still. */
static void a_lock_that_was_kept(void **state)
{
    (void)state;
    char *kept = why_of_own_lock((struct trace_place){.file = (char *)"account.c", .line = 9});
    same(kept, "T1 took lock_a at account.c:9 and left that function without giving it back: now it waits for itself");
    char *held = why_of_own_lock((struct trace_place){.file = (char *)"check.c", .line = 29});
    same(held, "T1 has held lock_a since check.c:29: a thread that waits for its own lock waits for itself");
    free(kept);
    free(held);
}

/* However it took the one token, it is its own fault that none is left; a try that failed took none. */
static void a_token_that_was_kept(void **state)
{
    (void)state;
    for (uint64_t error = 0; error < 12; error += 11) {
        struct report *r = report_new("tokens.c", 1);
        struct report_test *t = &r->tests[0];
        name_threads(&t->run, depositors, 3);
        lock_event(&t->run, 1, EVENT_SEM_TRYWAIT, "seats", 64);
        t->run.events[0].value = error;
        t->result.failure = (struct trace_failure){
            .reason = REASON_DEADLOCK_SEM, .tid = 1, .other = TRACE_NO_THREAD, .object = global("seats", 64)};
        char *why = report_why(t);
        same(why, error ? "seats began with 0, and nobody posts it in this run"
                        : "in this run seats was posted not at all and taken once: this wait is one too many");
        const char *belief = report_belief(t);
        assert_int_equal(belief && strcmp(belief, "M17") == 0, !error);
        free(why);
        report_free(r);
    }
}

static void a_flood_is_cut(void **state)
{
    (void)state;
    struct report *r = sleepers();
    struct strbuf out = STRBUF_INIT;
    for (int i = 0; i < 20000; i++)
        strbuf_adds(&out, "flood \xc3\xa9\n");
    r->tests[0].run.state.output = strbuf_take(&out);
    report_judge(r);
    char *text = report_text(r, 80);
    assert_non_null(strstr(text, "printed   flood \xc3\xa9 | flood"));
    assert_non_null(strstr(text, "more bytes)"));
    assert_true(strlen(text) < 2500);
    assert_true(utf8_valid(text, strlen(text)));
    no_wider_than(text, 80);
    free(text);
    report_free(r);
}

/* ---- passing, undecided, not compiled ---------------------------------------------------- */

static void what_a_pass_rests_on(void **state)
{
    (void)state;
    struct report *r = report_new("a.c", 2);
    name_test(&r->tests[0], "one", "", "", "");
    name_test(&r->tests[1], "two", "", "", "");
    report_judge(r);
    assert_int_equal(r->verdict, VERDICT_PASS);
    assert_true(r->complete);
    r->tests[1].result.complete = false;
    r->tests[1].result.bound = xstrdup("every interleaving with at most 2 preemptions");
    report_judge(r);
    assert_int_equal(r->verdict, VERDICT_PASS);
    assert_false(r->complete);
    char *text = report_text(r, 80);
    assert_null(strstr(text, "every interleaving of each"));
    assert_non_null(
        strstr(text, "passed    two: 2 runs; every interleaving with at most 2 preemptions\n"));
    assert_non_null(
        strstr(text, "PASSED    2 tests, up to the bounds named above (4 runs, 0.00 s)\n"));
    free(text);
    r->tests[0].result.verdict = VERDICT_UNJUDGED;
    report_judge(r);
    assert_int_equal(r->verdict, VERDICT_UNJUDGED);
    assert_int_equal(verdict_exit_status(r->verdict), 2);
    text = report_text(r, 80);
    assert_non_null(strstr(text, "UNJUDGED  1 of 2 tests; this is not a pass"));
    assert_non_null(strstr(text, "\nnext      what was not run may still fail: fewer threads"));
    free(text);
    report_free(r);
}

static void what_has_to_fail(void **state)
{
    (void)state;
    struct report *r = report_new("a.c", 2);
    name_test(&r->tests[0], "one", "", "", "");
    name_test(&r->tests[1], "two", "", "", "");
    r->tests[1].result.caught = VERDICT_DEADLOCK;
    report_judge(r);
    char *text = report_text(r, 80), *json = report_json(r);
    assert_non_null(strstr(text, "passed    two: it fails, as it has to (deadlock); 2 runs\n"));
    assert_non_null(strstr(text, "PASSED    2 tests, 1 of them fails as it has to, every interleaving of the"));
    assert_non_null(strstr(json, "\"caught\":null"));
    assert_non_null(strstr(json, "\"caught\":\"deadlock\""));
    free(text);
    free(json);
    r->tests[0].result.caught = VERDICT_WRONG;
    text = report_text(r, 80);
    assert_non_null(strstr(text, "PASSED    2 tests, all fail as they have to (4 runs, 0.00 s)\n"));
    free(text);
    report_free(r);
}

static void trouble_is_never_a_failure_of_theirs(void **state)
{
    (void)state;
    struct report *r = report_new("a.c", 2);
    name_test(&r->tests[0], "one", "", "", "");
    name_test(&r->tests[1], "two", "", "", "");
    r->tests[0].result.verdict = VERDICT_RACE;
    r->tests[0].result.failure.reason = REASON_DATA_RACE;
    r->tests[1].result.verdict = VERDICT_TROUBLE;
    report_judge(r);
    assert_int_equal(r->verdict, VERDICT_TROUBLE);
    report_free(r);
}

/* ---- answers -------------------------------------------------------------------------------- */

static void add_race(struct trace_result *res, int a, bool a_writes, int b, bool b_writes,
                     const char *name)
{
    res->races = xrealloc(res->races, (res->race_count + 1) * sizeof *res->races);
    struct trace_race *r = &res->races[res->race_count++];
    *r = (struct trace_race){.object = global(name, 8)};
    r->a = (struct trace_access){.tid = 1, .write = a_writes, .at = line("a.c", a)};
    r->b = (struct trace_access){.tid = 2, .write = b_writes, .at = line("a.c", b)};
}

/* Races 12-19 (19 reads) and 12-12. In the run: 5 writes before the create that 9 comes after; 30
 * and 31 hold a lock; 33 only locks. */
static struct report *answered(const char *answer)
{
    struct report *r = report_new("03-race-conditions/spot-the-race", 1);
    struct report_test *t = &r->tests[0];
    name_test(t, "program_a", "", "", "");
    name_threads(&t->run, depositors, 3);
    t->result.answer = xstrdup(answer);
    add_race(&t->result, 19, false, 12, true, "stock");
    add_race(&t->result, 12, true, 12, true, "stock");
    access_to(&t->run, 0, EVENT_WRITE, "price", 16, 1, 0, 5);
    add(&t->run, 0, EVENT_CREATE)->value = 1;
    add(&t->run, 0, EVENT_CREATE)->value = 2;
    access_to(&t->run, 1, EVENT_READ, "price", 16, 1, 0, 9);
    access_to(&t->run, 2, EVENT_READ, "price", 16, 1, 0, 9);
    lock_event(&t->run, 1, EVENT_LOCK, "lock", 64);
    t->run.events[t->run.count - 1].at = line("account.c", 33);
    access_to(&t->run, 1, EVENT_WRITE, "shelf", 24, 1, 0, 30);
    lock_event(&t->run, 1, EVENT_UNLOCK, "lock", 64);
    lock_event(&t->run, 2, EVENT_TRYLOCK, "lock", 64);
    access_to(&t->run, 2, EVENT_WRITE, "shelf", 24, 2, 1, 31);
    access_to(&t->run, 2, EVENT_WRITE, "mine", 32, 2, 1, 34);
    add(&t->run, 0, EVENT_JOIN)->value = 2;
    access_to(&t->run, 0, EVENT_READ, "mine", 32, 2, 0, 35);
    for (size_t i = 0; i < t->run.count; i++)
        if (t->run.events[i].at.file)
            strcpy(t->run.events[i].at.file, "a.c");
    report_judge(r);
    return r;
}

static void objection(const char *answer, const char *expected)
{
    struct report *r = answered(answer);
    const char *got = r->tests[0].message;
    if (expected == NULL)
        assert_int_equal(r->verdict, VERDICT_PASS);
    else if (!got || !strstr(got, expected))
        fail_msg("answer '%s': got '%s', expected '%s'", answer, got ? got : "(pass)", expected);
    if (expected)
        assert_int_equal(r->verdict, VERDICT_WRONG);
    report_free(r);
}

static void answers_are_compared(void **state)
{
    (void)state;
    objection("12-19 12-12", NULL);
    objection("12-12, 19-12", NULL);
    objection("12-12\t12-19 12-19", NULL);
    objection("12-12 12 - 19", NULL);
    objection("12-12", "line 19 reads `stock` while line 12 may write it: you did not list 12-19");
    objection("12-19",
              "two threads run line 12, and both may write `stock` there: you did not list 12-12");
    objection("none", "you did not list 12-12");
    objection("12-12 12-19 5-9", "lines 5-9 cannot race: line 5 comes before the create, "
                                 "and create is what orders them");
    objection("12-12 12-19 9-9", "line 9 cannot race with itself: both only read");
    objection("12-12 12-19 30-31",
              "lines 30-31 cannot race: both hold `lock` while they use `shelf`");
    objection("12-12 12-19 34-35", "lines 34-35 cannot race: join is what orders them");
    objection("12-12 12-19 30-33", "line 33 takes or gives back a lock");
    objection("12-12 12-19 30-34", "they use different memory");
    objection("12-12 12-19 30-30", "line 30 cannot race with itself: one thread alone comes there");
    objection("12-12 30-31", "lines 30-31 cannot race");
    objection("12-12 12-19 30-99", "line 99 uses nothing that another thread uses");
}

static void answers_that_are_none(void **state)
{
    static const char *const bad[] = {"",           "??",         "12",     "12-",
                                      "-12",        "12-19-3",    "12-19x", "all",
                                      "none 12-19", "12-19 none", "0-3",    "12 - 19 -"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        objection(bad[i], "is not understood");
    objection("?", "no answer yet");
}

static void answers_name_beliefs(void **state)
{
    static const struct {
        const char *answer, *belief;
    } said[] = {{"12-19", NULL},           {"12-12", "M09"}, {"12-12 12-19 5-9", "M10"},
                {"12-12 12-19 9-9", "M10"}, {"?", NULL},      {"30-33", "M13"}};
    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct report *r = answered(said[i].answer);
        const char *got = report_belief(&r->tests[0]);
        if (said[i].belief)
            assert_string_equal(got, said[i].belief);
        else
            assert_null(got);
        report_free(r);
    }
}

/* ---- sentences ---------------------------------------------------------------------------------
 */

static void sentences_leave_no_gap(void **state)
{
    (void)state;
    for (int reason = 0; reason < REASON_COUNT; reason++) {
        struct trace_failure f = {.reason = (enum reason)reason,
                                  .tid = 1,
                                  .other = 2,
                                  .object = {.kind = REF_GLOBAL, .name = (char *)"x"},
                                  .value = 7,
                                  .detail = (char *)"detail"};
        char *s = report_sentence(&f, NULL);
        assert_null(strchr(s, '%'));
        assert_true(*s != '\0');
        free(s);
    }
}

static void who_computes_does_not_sleep(void **state)
{
    struct trace_event events[] = {{.kind = EVENT_WORK, .tid = 1}, {.kind = EVENT_SLEEP, .tid = 1},
                                   {.kind = EVENT_SLEEP, .tid = 1}, {.kind = EVENT_WORK, .tid = 2},
                                   {.kind = EVENT_SLEEP, .tid = 1}};
    struct trace_run run = {.events = events, .count = 5};

    (void)state;
    for (int computes = 0; computes < 2; computes++) {
        struct trace_thread t = {.status = THREAD_ASLEEP, .next = EVENT_WAKE, .wake_ns = 2000000000, .computes = computes};
        char *because = report_blocked_because(NULL, &t), *next = report_next(NULL, &t);
        assert_string_equal(because, computes ? "computes until the clock says 2 s" : "sleeps until the clock says 2 s");
        assert_string_equal(next, computes ? "finish computing" : "wake up");
        free(because);
        free(next);
    }
    for (size_t i = 0; i < run.count; i++)
        assert_int_equal(report_is_time_of_work(&run, i), i == 1);
    static const char *const words[] = {"has computed at 2 s", "wakes up at 2 s"};
    for (size_t i = 0; i < 2; i++) {
        struct trace_event two[] = {{.kind = EVENT_WORK, .tid = i ? 2 : 1}, {.kind = EVENT_SLEEP, .tid = 1},
                                    {.kind = EVENT_WAKE, .tid = 1, .clock_ns = 2000000000}};
        struct trace_run r = {.events = two, .count = 3};
        char *text = report_event_of(&r, 2);
        assert_string_equal(text, words[i]);
        free(text);
    }
}

static void every_event_has_words(void **state)
{
    (void)state;
    for (int kind = 0; kind < EVENT_COUNT; kind++) {
        struct trace_event ev = {.kind = (enum event_kind)kind,
                                 .value = 3,
                                 .object = {.kind = REF_GLOBAL, .name = (char *)"x"}};
        struct trace_thread t = {.next = (enum event_kind)kind, .value = 3};
        char *a = report_event(NULL, &ev), *b = report_next(NULL, &t);
        assert_true(*a && *b);
        free(a);
        free(b);
    }
}

static void the_clock_has_no_address(void **state)
{
    struct trace_thread t = {.next = EVENT_CLOCK, .object = {.kind = REF_OTHER, .offset = 0x1234}};
    char *s = report_next(NULL, &t);
    (void)state;
    assert_string_equal(s, "read the clock");
    free(s);
}

/* ---- JSON
 * ---------------------------------------------------------------------------------------- */

static void json_keeps_its_promise(void **state)
{
    (void)state;
    struct report *r = lost_update();
    char *text = report_json(r);
    json_t *o = json_loads(text, 0, NULL);
    assert_non_null(o);
    assert_string_equal(json_string_value(json_object_get(o, "schema")), "threadmill/verdict/1");
    assert_string_equal(json_string_value(json_object_get(o, "verdict")), "wrong");
    assert_true(json_is_false(json_object_get(o, "complete")));
    assert_int_equal(json_integer_value(json_object_get(o, "runs")), 5);
    json_t *t = json_array_get(json_object_get(o, "tests"), 0);
    assert_string_equal(json_string_value(json_object_get(t, "message")),
                        "balance is 150, expected 180");
    assert_string_equal(json_string_value(json_object_get(t, "schedule")),
                        "lost-update@two_deposits:i:abcabcab");
    assert_int_equal(json_integer_value(json_object_get(t, "line")), 17);
    assert_string_equal(json_string_value(json_object_get(t, "file")), "check.c");
    assert_string_equal(json_string_value(json_object_get(t, "bound")),
                        "stopped at the first failure");
    assert_int_equal(json_integer_value(json_object_get(t, "preemptions")), 1);
    assert_int_equal(json_integer_value(json_object_get(t, "workers")), 1);
    t = json_array_get(json_object_get(o, "tests"), 1);
    assert_true(json_is_null(json_object_get(t, "message")) &&
                json_is_null(json_object_get(t, "bound")));
    assert_true(json_is_true(json_object_get(t, "complete")));
    assert_int_equal(text[strlen(text) - 1], '\n');
    assert_null(memchr(text, '\n', strlen(text) - 1));
    json_decref(o);
    free(text);
    report_free(r);
}

static void json_of_bytes_that_are_no_text(void **state)
{
    (void)state;
    struct report *r = report_new("a\xff\x01.c", 0);
    r->verdict = VERDICT_TROUBLE;
    r->message = xstrdup("\xc3");
    char *text = report_json(r);
    json_t *o = json_loads(text, 0, NULL);
    assert_non_null(o);
    assert_string_equal(json_string_value(json_object_get(o, "message")), "?");
    json_decref(o);
    free(text);
    report_free(r);
}

static void tokens_mind_no_shell(void **state)
{
    (void)state;
    struct report *r = report_new("/tmp/my $(file) 'x'.c", 0);
    struct trace_schedule s = {.test = (char *)"main"};
    char *token = report_token(r, &s);
    assert_null(strpbrk(token, " $()'\"\\`|&;<>*?~/"));
    assert_non_null(strstr(token, "@main:i:"));
    free(token);
    report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_a_lost_update),
        cmocka_unit_test(rows_say_what_matters),
        cmocka_unit_test(every_width_holds),
        cmocka_unit_test(text_of_a_race),
        cmocka_unit_test(sleeping_orders_nothing),
        cmocka_unit_test(race_is_marked_in_either_order),
        cmocka_unit_test(a_free_is_called_a_free), cmocka_unit_test(a_write_beside_a_free),
        cmocka_unit_test(the_line_that_called),
        cmocka_unit_test(the_row_that_took_the_lock), cmocka_unit_test(locks_taken_and_given_back),
        cmocka_unit_test(a_lock_that_was_kept), cmocka_unit_test(a_token_that_was_kept),
        cmocka_unit_test(a_flood_is_cut),
        cmocka_unit_test(every_belief_has_its_truth),
        cmocka_unit_test(text_of_a_deadlock),
        cmocka_unit_test(what_a_pass_rests_on),
        cmocka_unit_test(what_has_to_fail),
        cmocka_unit_test(trouble_is_never_a_failure_of_theirs),
        cmocka_unit_test(answers_are_compared),
        cmocka_unit_test(answers_that_are_none),
        cmocka_unit_test(answers_name_beliefs),
        cmocka_unit_test(sentences_leave_no_gap),
        cmocka_unit_test(who_computes_does_not_sleep),
        cmocka_unit_test(every_event_has_words),
        cmocka_unit_test(the_clock_has_no_address),
        cmocka_unit_test(json_keeps_its_promise),
        cmocka_unit_test(json_of_bytes_that_are_no_text),
        cmocka_unit_test(tokens_mind_no_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
