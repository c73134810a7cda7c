/* lab/check.h - for tests (check.c): scenarios and what they can ask.
 *
 * A scenario is a small main(): it is run from its first line under every
 * interleaving. It uses the learner's functions and says what must hold.
 * All durations are virtual milliseconds: waiting costs nothing.
 */
#ifndef LAB_CHECK_H
#define LAB_CHECK_H

#include <stdbool.h>
#include <lab/lab.h>

struct lab_scenario {
    const char *name, *title, *misconception, *step;
    int line;
    void (*run)(void);
    const char *survived; /* MUST_FAIL: what it means that no interleaving fails; else NULL */
};

/* SCENARIO(name, "title", "misconceptions it is about", "step to read again") { body }
 * The misconceptions: "M11, M16", or, where every failure of the test can come from one of them alone, that one in the
 * words of the test: "M36 if a result were never NULL". */
#define SCENARIO(id, text, belief, where) LAB_SCENARIO(id, text, belief, where, 0)

/* For tests that the learner writes. It passes when some interleaving fails, whatever its verdict; when every one
 * passes, verdict wrong with the message: MUST_FAIL(name, "title", "misconceptions", "step", "message") { body } */
#define MUST_FAIL(id, text, belief, where, message) LAB_SCENARIO(id, text, belief, where, message)

#define LAB_SCENARIO(id, text, belief, where, survived)                                            \
    static void lab_body_##id(void);                                                               \
    extern const struct lab_scenario lab_scenario_##id;                                            \
    const struct lab_scenario lab_scenario_##id = {#id, text, belief, where, __LINE__,            \
                                                   lab_body_##id, survived};                       \
    static void lab_body_##id(void)

/* Starts a thread of the scenario's own; lab_join_all joins those not yet joined. */
void lab_go(void *(*start)(void *), void *arg);
void lab_join_all(void);

/* The property holds, or the run fails with verdict wrong and the message, whose values are looked
 * at only then. A message that begins with "M35: " names the belief under which what was found would be
 * right; for checks of which that is certain. It is told in a line of its own. "M35 if the tea were there at
 * once: ..." puts it in words that fit better: "this would be right if ...". "M00: ..." says that no
 * belief fits, not even the test's. All messages in this file can begin like that. */
#define lab_check(condition, ...)                                                                  \
    ((condition) ? (void)0 : lab_check_at(false, __FILE__, __LINE__, __VA_ARGS__))
void lab_check_at(bool holds, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* The same with another verdict: "serial", "late", "leak", "limit", "misuse", "starved". */
#define lab_require(verdict, condition, ...)                                                       \
    ((condition) ? (void)0 : lab_require_at((verdict), false, __FILE__, __LINE__, __VA_ARGS__))
void lab_require_at(const char *verdict, bool holds, const char *file, int line, const char *fmt,
                    ...) __attribute__((format(printf, 5, 6)));

/* Time since the scenario began, in virtual ms. Only the ideal clock makes promises about
 * time: under the hostile clock sleepers wake early or late, so check durations with
 * lab_always_within, which holds its tongue there. */
long lab_now_ms(void);
bool lab_ideal_clock(void);
/* In every run with the ideal clock the time since the scenario began is at most `ms`, else
 * verdict serial with the message. */
#define lab_always_within(ms, ...) lab_require("serial", !lab_ideal_clock() || lab_now_ms() <= (ms), __VA_ARGS__)

/* REACHABLE: some interleaving must come by here with a true condition, else verdict wrong
 * with the message, once all interleavings were run. `verdict` may also be "serial". */
#define lab_possible(verdict, condition, message)                                                  \
    lab_possible_at((verdict), (condition), __FILE__, __LINE__, (message))
void lab_possible_at(const char *verdict, bool reached, const char *file, int line,
                     const char *message);

/* An invariant asked after every step of every thread; NULL ends it. It must only read. */
void lab_invariant(bool (*holds)(void), const char *message);

/* Fairness: the calling thread begins to wait for its turn ... */
void lab_queue(void);
/* ... and has it. Between the two, others may have had at most `most` turns, else verdict starved; `what`
 * names it: "the writer". A turn without lab_queue before it is only counted. */
#define lab_turn(most, what) lab_turn_at((most), (what), __FILE__, __LINE__)
void lab_turn_at(int most, const char *what, const char *file, int line);

/* From now on a thread that goes round in a loop, looking again and again whether something has changed,
 * fails with verdict spin: it should wait. */
void lab_no_polling(void);

int lab_threads_started(void); /* pthread_create calls that succeeded in this scenario */
/* Started and not yet ended. Schedules that are equivalent else differ in this, so a scenario that
 * asks is explored without reduction: ask only in small ones. */
int lab_threads_running(void);
/* The most threads that were created and not yet joined at one moment so far: 1 for code that joins
 * each thread before it creates the next. Detached threads count until they end. */
int lab_threads_at_once(void);
size_t lab_heap_live(void);    /* bytes malloc gave and free did not get back */

/* So many preemptions, at least one, are enough for this test: schedules with more are not looked for, and a pass says
 * so. For a test with many interleavings that are much the same. */
void lab_preemptions(int most);

/* Whoever waits on a condition variable at this moment wakes up without a signal. */
void lab_noise(void);

/* The next pthread_create (the k-th from now, 0 = the next) fails with `error`. */
void lab_fail_create(int k, int error);

/* The calling thread is an event loop from now on. Between two calls of poll, select or epoll_wait virtual time
 * may pass for less than limit_ms; else verdict blocked, with the length of the freeze and, with beat_ms > 0, how
 * many beats of that length were missed. limit_ms 0: for no time at all; below 0: it is no loop any more. The hostile
 * clock makes no such promise. A loop that makes 2000 such calls while no time passes is busy: verdict spin. */
void lab_loop(long limit_ms, long beat_ms);

/* Somebody sets the wall clock (CLOCK_REALTIME, time, gettimeofday): it jumps by so many ms, forwards or back.
 * CLOCK_MONOTONIC goes on, and who sleeps already wakes up when he would have. */
void lab_jump_wall_clock(long ms);

/* The k-th fork from now on (0: the next) fails with EAGAIN. */
void lab_fail_fork(int k);
void lab_no_children_left(void); /* this process has waited for all its children; else verdict leak */
void lab_no_mappings_left(void); /* ... and unmapped all shared memory it may use */
/* From now on a process of this run that becomes another program may hand it the descriptors 0, 1 and 2 only, else
 * verdict leak. */
void lab_exec_clean(void);
/* From now on the child of a process that has other threads may use neither malloc nor stdio until it becomes another
 * program, else verdict misuse: POSIX lets it call only what is async-signal-safe. */
void lab_strict_fork(void);

/* Up to so many reads and writes of this run may move fewer bytes than they could, as POSIX allows. */
void lab_short_io(int times);
/* Up to so many calls that can wait (on descriptors, semaphores, children) may fail with EINTR, as if a signal
 * handler had run. */
void lab_interrupts(int times);
/* Pipes and socket pairs made from now on hold so many bytes, and no more of one write stay together; 0: as many as on
 * Linux, 65536. So that a pipe is full after a few messages. */
void lab_pipe_room(int bytes);

int lab_descriptors_open(void);    /* of this process; 0, 1 and 2 do not count */
void lab_no_descriptors_left(void); /* else verdict leak, with the line that opened the first */

/* Spot the race: races do not fail this scenario; all racing pairs of lines in this file are
 * compared with the answer: "12-19", "12-19 12-21" or "none". */
void lab_answer_races(const char *label, const char *answer);

#endif
