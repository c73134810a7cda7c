/* threadmill-native from outside: plugins are run as the app runs them, and their lanes read.
 *
 * Nothing here waits for time to pass. Where a thread has to be blocked first, the test watches the
 * lane until the event is there, and then tells the program to go on.
 *
 * argv: threadmill-native, fixture plugin, plugin with scenarios.
 */
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "trace/lanes.h"

static const char *native, *fixture, *scenarios;

struct child {
    pid_t pid;
    int in;              /* its stdin */
    int out;             /* its stdout and stderr */
    struct lane_log *log; /* NULL when started without */
    char output[4096];
    int status;          /* as in waitpid */
};

static int log_fd_new(struct lane_log **ret_log)
{
    int fd = memfd_create("lanes", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, sizeof(struct lane_log)), 0);
    *ret_log = mmap(NULL, sizeof(struct lane_log), PROT_READ, MAP_SHARED, fd, 0);
    assert_ptr_not_equal(*ret_log, MAP_FAILED);
    return fd;
}

/* Starts native on a plugin with up to three arguments; `fd3` < 0: no descriptor 3. */
static struct child start_with(int fd3, const char *plugin, const char *a, const char *b, const char *c)
{
    struct child child = {.log = NULL};
    int in[2], out[2];
    assert_int_equal(pipe(in) | pipe(out), 0);
    fflush(NULL);
    child.pid = fork();
    assert_true(child.pid >= 0);
    if (child.pid == 0) {
        int log = fd3 < 0 ? -1 : fcntl(fd3, F_DUPFD, 10); /* out of the way of what follows */
        int end_in = fcntl(in[0], F_DUPFD, 10), end_out = fcntl(out[1], F_DUPFD, 10);
        dup2(end_in, 0), dup2(end_out, 1), dup2(end_out, 2);
        for (int fd = 3; fd < 64; fd++)
            if (fd != log)
                close(fd);
        if (log >= 0)
            dup2(log, 3), close(log);
        execl(native, native, plugin, a, b, c, (char *)NULL);
        _exit(127);
    }
    close(in[0]), close(out[1]);
    child.in = in[1], child.out = out[0];
    return child;
}

static struct child start(const char *plugin, const char *a, const char *b, const char *c)
{
    struct lane_log *log;
    int fd = log_fd_new(&log);
    struct child child = start_with(fd, plugin, a, b, c);
    close(fd);
    child.log = log;
    return child;
}

static void end(struct child *child)
{
    size_t n = 0;
    ssize_t got;
    while (n < sizeof child->output - 1 &&
           (got = read(child->out, child->output + n, sizeof child->output - 1 - n)) > 0)
        n += (size_t)got;
    child->output[n] = '\0';
    assert_int_equal(waitpid(child->pid, &child->status, 0), child->pid);
    close(child->in), close(child->out);
}

static void forget(struct child *child)
{
    if (child->log)
        munmap(child->log, sizeof *child->log);
}

static int exit_status(const struct child *child)
{
    return WIFEXITED(child->status) ? WEXITSTATUS(child->status) : -WTERMSIG(child->status);
}

/* ---- reading lanes -------------------------------------------------------------- */

/* The nth event of a kind in a lane (from 0), or NULL. */
static const struct lane_event *find(const struct lane_log *log, int lane, enum lane_kind kind, int nth)
{
    uint64_t head = atomic_load_explicit(&log->lanes[lane].head, memory_order_acquire);
    for (uint64_t i = head > LANE_RING ? head - LANE_RING : 0; i < head; i++) {
        const struct lane_event *e = &log->lanes[lane].ring[i % LANE_RING];
        if (e->kind == (uint32_t)kind && nth-- == 0)
            return e;
    }
    return NULL;
}

/* Until the lane has the event. A program that never gets there meets the test's time limit. */
static void await(struct child *child, int lane, enum lane_kind kind, int nth)
{
    while (!find(child->log, lane, kind, nth)) {
        int status;
        assert_int_equal(waitpid(child->pid, &status, WNOHANG), 0); /* ended without it */
        sched_yield();
    }
}

static void go_on(struct child *child) { assert_int_equal(write(child->in, "!", 1), 1); }

/* Letters for the kinds, so that a whole lane can be compared at once. "Ww" is also a read from the test. */
static const char *story(const struct lane_log *log, int lane)
{
    static const char letter[] = "?(" ")" "BAR" "Ww" "Jj" "Zz" "Cc" "P" "S" "+";
    static char text[LANE_RING + 1];
    uint64_t n = log->lanes[lane].head, length = 0;
    assert_true(n <= LANE_RING);
    for (uint64_t i = 0; i < n; i++)
        if (log->lanes[lane].ring[i].kind != LANE_RAN) /* comes when it took long enough */
            text[length++] = letter[log->lanes[lane].ring[i].kind];
    text[length] = '\0';
    return text;
}

/* ---- tests ------------------------------------------------------------------------- */

static void test_lanes(void **unused)
{
    struct child c = start(fixture, "kitchen", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 3);
    assert_int_equal(c.log->magic, LANE_MAGIC);
    assert_int_equal(c.log->version, LANE_VERSION);
    assert_int_equal(c.log->lane_count, 3);
    assert_int_equal(c.log->overflow, 0);
    assert_string_equal(c.log->lanes[0].name, "main");
    assert_string_equal(c.log->lanes[1].name, "rice");
    assert_string_equal(c.log->lanes[2].name, "a name longer t");
    assert_string_equal(story(c.log, 0), "(++JjJj)");
    assert_string_equal(story(c.log, 1), "(ZzCcP)");
    assert_string_equal(story(c.log, 2), "(ZzCcP)");
    assert_int_equal(find(c.log, 0, LANE_JOIN, 0)->object, 2);
    assert_int_equal(find(c.log, 0, LANE_JOIN, 1)->object, 1);
    assert_int_equal(find(c.log, 0, LANE_CREATE, 1)->object, 2);
    assert_int_equal(find(c.log, 1, LANE_SLEEP, 0)->object, 1000000);
    assert_int_equal(c.log->lanes[0].section, 0);
    assert_int_equal(c.log->lanes[1].section, 1);
    assert_int_equal(c.log->lanes[2].parent, 0);
    forget(&c);
}

static void test_tasks(void **unused)
{
    struct child c = start(fixture, "two_tasks", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_int_equal(c.log->lane_count, 3);
    assert_string_equal(c.log->lanes[1].name, "rice");
    assert_string_equal(c.log->lanes[2].name, "dal");
    assert_string_equal(story(c.log, 1), "(wW");
    assert_string_equal(story(c.log, 2), "(w)");
    assert_int_equal(c.log->lanes[1].ended_ns, 0);
    assert_true(c.log->lanes[2].ended_ns >= c.log->lanes[2].started_ns);
    forget(&c);
}

static void test_times(void **unused)
{
    struct child c = start(fixture, "kitchen", NULL, NULL);
    end(&c);
    for (int lane = 0; lane < 3; lane++) {
        const struct lane *l = &c.log->lanes[lane];
        assert_true(l->started_ns >= c.log->start_ns);
        for (uint64_t i = 1; i < l->head; i++)
            assert_true(l->ring[i].ns >= l->ring[i - 1].ns);
        assert_true(l->ended_ns >= l->ring[l->head - 1].ns);
    }
    const struct lane_event *sleep = find(c.log, 1, LANE_SLEEP, 0), *awake = find(c.log, 1, LANE_AWAKE, 0);
    assert_true(awake->ns - sleep->ns >= 1000000);
    const struct lane_event *work = find(c.log, 1, LANE_WORK, 0), *worked = find(c.log, 1, LANE_WORKED, 0);
    assert_true(worked->ns - work->ns >= 1000000);
    forget(&c);
}

static void test_facts(void **unused)
{
    struct child c = start(fixture, "kitchen", NULL, NULL);
    end(&c);
    assert_int_equal(c.log->fact_count, 3);
    assert_int_equal(c.log->facts[0].kind, FACT_SECTION);
    assert_string_equal(c.log->facts[0].text, "threads");
    assert_int_equal(c.log->facts[1].kind, FACT_REPORT);
    assert_string_equal(c.log->facts[1].text, "dishes");
    assert_string_equal(c.log->facts[1].unit, "plates");
    assert_true(c.log->facts[1].value == 2);
    assert_int_equal(c.log->facts[2].kind, FACT_SAY);
    assert_string_equal(c.log->facts[2].text, "all 2 done");
    assert_int_equal(c.log->sample_count, 2);
    assert_string_equal(c.log->samples[0].histogram, "lost");
    assert_true(c.log->samples[0].value == 3.5 && c.log->samples[1].value == -1);
    assert_null(strstr(c.output, "plates")); /* in the log, so not on stdout too */
    assert_non_null(strstr(c.output, "rice done\n"));
    forget(&c);
}

/* One lane each; what they report comes into one list; a child that was killed ends when it is waited for. */
static void test_family(void **unused)
{
    struct child c = start(fixture, "family", NULL, NULL);
    await(&c, 1, LANE_WAIT, 0);
    await(&c, 2, LANE_SLEEP, 0);
    go_on(&c);
    end(&c);
    assert_int_equal(exit_status(&c), 5);
    assert_int_equal(c.log->lane_count, 3);
    assert_string_equal(c.log->lanes[1].name, "P1");
    assert_string_equal(story(c.log, 1), "(WwWwP)");
    assert_string_equal(story(c.log, 2), "(Z");
    assert_true(c.log->lanes[1].ended_ns > 0 && c.log->lanes[2].ended_ns > 0);
    assert_int_equal(find(c.log, 0, LANE_JOIN, 0)->object, 2);
    assert_int_equal(find(c.log, 0, LANE_JOIN, 0)->detail, LANE_PROCESS);
    assert_int_equal(find(c.log, 0, LANE_JOINED, 0)->object, 2);
    assert_int_equal(find(c.log, 0, LANE_WAIT, 0)->detail, LANE_DESCRIPTOR);
    assert_int_equal(find(c.log, 0, LANE_WAIT, 0)->object, 0);
    assert_int_equal(c.log->fact_count, 3);
    assert_string_equal(c.log->facts[2].text, "families");
    assert_non_null(strstr(c.output, "tea\n"));
    forget(&c);
}

static void test_unseen(void **unused)
{
    struct child c = start(fixture, "unseen", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_int_equal(c.log->lane_count, 3);
    assert_int_equal(c.log->overflow, 0);
    assert_string_equal(story(c.log, 0), "(+Jj+Jj");
    assert_string_equal(story(c.log, 2), "(P)");
    assert_string_equal(c.output, "unseen\nunseen\n");
    forget(&c);
}

/* The write on the pipe, and two waits: one that had something, one that could not. */
static void test_library_waits(void **unused)
{
    struct child c = start(fixture, "library", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_string_equal(story(c.log, 0), "(WwWwWw)");
    assert_int_equal(find(c.log, 0, LANE_WAIT, 1)->detail, LANE_DESCRIPTOR);
    forget(&c);
}

static void test_contended(void **unused)
{
    struct child c = start(fixture, "contended", NULL, NULL);
    await(&c, 1, LANE_BLOCK, 0);
    go_on(&c);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_string_equal(story(c.log, 0), "(A+WwRJj)");
    assert_string_equal(story(c.log, 1), "(BAR)");
    uint64_t lock = find(c.log, 0, LANE_ACQUIRE, 0)->object;
    assert_int_equal(find(c.log, 1, LANE_BLOCK, 0)->object, lock);
    assert_true(find(c.log, 1, LANE_ACQUIRE, 0)->ns >= find(c.log, 0, LANE_RELEASE, 0)->ns);
    forget(&c);
}

static void test_condition(void **unused)
{
    struct child c = start(fixture, "condition", NULL, NULL);
    await(&c, 1, LANE_WAIT, 0);
    go_on(&c);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_string_equal(story(c.log, 1), "(ARWwAR)");
    assert_int_equal(find(c.log, 0, LANE_SIGNAL, 0)->object, find(c.log, 1, LANE_WAIT, 0)->object);
    forget(&c);
}

static void test_more_sync(void **unused)
{
    struct child c = start(fixture, "more_sync", NULL, NULL);
    await(&c, 1, LANE_BLOCK, 0);
    go_on(&c);
    await(&c, 1, LANE_WAIT, 0);
    go_on(&c);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_string_equal(story(c.log, 0), "(A+WwRWwSWwJj)");
    assert_string_equal(story(c.log, 1), "(ARBARWwARWw)");
    assert_int_equal(find(c.log, 0, LANE_SIGNAL, 0)->object, find(c.log, 1, LANE_WAIT, 0)->object);
    assert_int_equal(find(c.log, 0, LANE_WAIT, 2)->object, find(c.log, 1, LANE_WAIT, 1)->object);
    forget(&c);
}

static void test_c11_and_limits(void **unused)
{
    struct child c = start(fixture, "c11", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    const char *main_lane = story(c.log, 0);
    assert_non_null(strstr(main_lane, "RWwARWwARJj")); /* woken, then too late */
    assert_non_null(strstr(story(c.log, 1), "Zz"));
    assert_non_null(strstr(story(c.log, 1), "SRWw)"));
    assert_int_equal(find(c.log, 1, LANE_WAIT, 0)->detail, LANE_SEMAPHORE);
    forget(&c);
}

static void test_deadlock(void **unused)
{
    struct child c = start(fixture, "deadlock", NULL, NULL);
    await(&c, 1, LANE_BLOCK, 0);
    go_on(&c);
    await(&c, 0, LANE_BLOCK, 0);
    assert_string_equal(story(c.log, 0), "(A+WwB");
    assert_string_equal(story(c.log, 1), "(AB");
    assert_int_equal(find(c.log, 0, LANE_BLOCK, 0)->object, find(c.log, 1, LANE_ACQUIRE, 0)->object);
    assert_int_equal(find(c.log, 1, LANE_BLOCK, 0)->object, find(c.log, 0, LANE_ACQUIRE, 0)->object);
    kill(c.pid, SIGKILL);
    end(&c);
    assert_int_equal(exit_status(&c), -SIGKILL);
    forget(&c);
}

static void test_killed_with_main(void **unused)
{
    struct child c = start(fixture, "killed", NULL, NULL);
    await(&c, 1, LANE_SLEEP, 0);
    go_on(&c);
    end(&c);
    assert_int_equal(exit_status(&c), 5);
    assert_string_equal(story(c.log, 0), "(+Ww)");
    assert_string_equal(story(c.log, 1), "(Z");
    assert_int_equal(c.log->lanes[1].ended_ns, 0);
    forget(&c);
}

static void test_pthread_exit(void **unused)
{
    struct child c = start(fixture, "exits", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_string_equal(story(c.log, 1), "()");
    assert_true(c.log->lanes[1].ended_ns != 0);
    forget(&c);
}

static void test_exit_in_thread(void **unused)
{
    struct child c = start(fixture, "thread_exits_program", NULL, NULL);
    await(&c, 0, LANE_JOIN, 0);
    go_on(&c);
    end(&c);
    assert_int_equal(exit_status(&c), 6);
    assert_string_equal(story(c.log, 0), "(+J");
    assert_string_equal(story(c.log, 1), "(Ww)");
    forget(&c);
}

static void test_more_threads_than_lanes(void **unused)
{
    struct child c = start(fixture, "many", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_int_equal(c.log->lane_count, LANE_MAX);
    assert_int_equal(c.log->overflow, 1031 - LANE_MAX);
    assert_string_equal(c.log->lanes[LANE_MAX - 1].name, "T1023");
    assert_string_equal(story(c.log, LANE_MAX - 1), "()");
    uint64_t last = 0; /* joins in main's ring: of lanes, then of threads without one */
    for (int i = 0; find(c.log, 0, LANE_JOIN, i); i++) {
        uint64_t lane = find(c.log, 0, LANE_JOIN, i)->object;
        assert_true(i == 0 || lane == last + 1 || (lane == UINT64_MAX && last >= LANE_MAX - 1));
        last = lane;
    }
    assert_true(last == UINT64_MAX); /* an id used again names nobody older */
    forget(&c);
}

static void test_ring_wraps(void **unused)
{
    struct child c = start(fixture, "busy", NULL, NULL);
    end(&c);
    const struct lane *l = &c.log->lanes[0];
    assert_in_range(l->head, 6002, 12004); /* on a busy machine there are marks between the events */
    assert_int_equal(l->ring[(l->head - 1) % LANE_RING].kind, LANE_END);
    const struct lane_event *oldest = &l->ring[l->head % LANE_RING], *next = &l->ring[(l->head + 1) % LANE_RING];
    assert_true(oldest->kind == LANE_ACQUIRE || oldest->kind == LANE_RELEASE || oldest->kind == LANE_RAN);
    assert_true(next->ns >= oldest->ns);
    forget(&c);
}

static void test_libc_as_promised(void **unused)
{
    struct child c = start(fixture, "errors", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    forget(&c);
}

static void test_every_call_is_there(void **unused)
{
    struct child c = start(fixture, "all_calls", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    forget(&c);
}

static void test_learners_names_win(void **unused)
{
    struct child c = start(fixture, "names", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    forget(&c);
}

static void test_arguments_and_output(void **unused)
{
    struct child c = start(fixture, "output", "second", "third");
    end(&c);
    assert_int_equal(exit_status(&c), 0);
    assert_string_equal(c.output, "4 args, last third\nputs c\nbytes\nto stderr\n");
    assert_string_equal(story(c.log, 0), "(PPPPPP)");
    assert_int_equal(find(c.log, 0, LANE_PRINT, 5)->object, 2);
    forget(&c);
}

static void test_complaints_are_output(void **unused)
{
    struct child c = start(fixture, "complaints", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 7);
    assert_string_equal(story(c.log, 0), "(PPPPPPP)");
    assert_int_equal(find(c.log, 0, LANE_PRINT, 6)->object, 2);
    forget(&c);
}

static void test_without_log(void **unused)
{
    struct child c = start_with(-1, fixture, "kitchen", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 3);
    assert_non_null(strstr(c.output, "-- threads\n"));
    assert_non_null(strstr(c.output, "dishes: 2 plates\n"));
    assert_non_null(strstr(c.output, "all 2 done\n"));
}

/* A file of the right size that happens to be open as descriptor 3 is not a log. */
static void test_ordinary_file_is_not_a_log(void **unused)
{
    char path[] = "native-test-XXXXXX", byte = 0;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(ftruncate(fd, sizeof(struct lane_log) + 1), 0);
    struct child c = start_with(fd, fixture, "kitchen", NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 3);
    assert_int_equal(pread(fd, &byte, 1, 0), 1);
    assert_int_equal(byte, 0);
    close(fd);
}

static void scenario(const char *name, int status, const char *message)
{
    struct child c = start(scenarios, "--scenario", name, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), status);
    assert_non_null(strstr(c.output, message));
    forget(&c);
}

static void test_scenarios(void **unused)
{
    scenario("holds", 0, "");
    scenario("fails", 1, "wrong: sum is 4, expected 5\n");
    scenario("fails", 1, "check.c:");
    scenario("invariant", 1, "wrong: the sum stays small\n");
    scenario("heap", 0, "");
    scenario("leaks", 1, "leak: 8 bytes leak\n");
    scenario("no_threads", 0, "");
    scenario("absent", 2, "no scenario 'absent'");
}

static void test_cannot_run(void **unused)
{
    struct child c = start("/nowhere/x.so", NULL, NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 2);
    forget(&c);
    c = start(scenarios, NULL, NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 2);
    assert_non_null(strstr(c.output, "has no main()"));
    forget(&c);
    c = start("--help", NULL, NULL, NULL);
    end(&c);
    assert_int_equal(exit_status(&c), 2);
    forget(&c);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    native = argv[1], fixture = argv[2], scenarios = argv[3];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes), cmocka_unit_test(test_tasks),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_family),
        cmocka_unit_test(test_unseen),
        cmocka_unit_test(test_library_waits),
        cmocka_unit_test(test_contended),
        cmocka_unit_test(test_condition),
        cmocka_unit_test(test_more_sync),
        cmocka_unit_test(test_c11_and_limits),
        cmocka_unit_test(test_deadlock),
        cmocka_unit_test(test_killed_with_main),
        cmocka_unit_test(test_pthread_exit),
        cmocka_unit_test(test_exit_in_thread),
        cmocka_unit_test(test_more_threads_than_lanes),
        cmocka_unit_test(test_ring_wraps),
        cmocka_unit_test(test_libc_as_promised),
        cmocka_unit_test(test_every_call_is_there),
        cmocka_unit_test(test_learners_names_win),
        cmocka_unit_test(test_arguments_and_output),
        cmocka_unit_test(test_complaints_are_output),
        cmocka_unit_test(test_without_log),
        cmocka_unit_test(test_ordinary_file_is_not_a_log),
        cmocka_unit_test(test_scenarios),
        cmocka_unit_test(test_cannot_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
