/* check.c - is the lock a lock, is it handed over in time and not more often than that, and does nobody wait
 * who could go on?
 *
 * With the clock that promises nothing the programs are short: a switch may then come at every safe point. */
#include <lab/check.h>

#include "mini-gil.h"

static gil_t *gil;
static int bytecodes;          /* the lock protects it, and what is below */
static const char *last;       /* who ran last */
static int switches;           /* how often another one ran next */
static long longest;           /* ms that a thread waited for the lock, at most */

static void open_interpreter(void)
{
    lab_no_polling();
    gil = gil_new();
    lab_check(gil != NULL, "gil_new returned NULL");
}

static void close_interpreter(void)
{
    gil_free(gil);
    lab_require("leak", lab_heap_live() == 0, "gil_free left %d bytes", (int)lab_heap_live());
}

static void note_wait(long ms)
{
    longest = ms > longest ? ms : longest;
}

/* Takes the lock, after having dropped it if `give_way`. */
static void take(bool give_way)
{
    long began = lab_ideal_clock() ? lab_now_ms() : 0;
    if (give_way)
        gil_drop(gil);
    gil_take(gil);
    if (lab_ideal_clock())
        note_wait(lab_now_ms() - began);
}

/* A millisecond of Python. */
static void run_a_while(const char *name)
{
    lab_work(1);
    bytecodes++;
    switches += last != name;
    last = name;
}

static void compute(const char *name, int ms)
{
    take(false);
    for (int i = 0; i < ms; i++) {
        run_a_while(name);
        if (gil_wanted(gil)) /* a safe point */
            take(true);
    }
    gil_drop(gil);
}

static void *program(void *name)
{
    lab_name(name);
    compute(name, lab_ideal_clock() ? 20 : 1);
    return NULL;
}

static char a[] = "A", b[] = "B";

SCENARIO(alone, "one program, nobody waits", "M08", "11.1")
{
    open_interpreter();
    lab_check(!gil_wanted(gil), "nobody has asked, and gil_wanted says so");
    program(a);
    lab_check(bytecodes == (lab_ideal_clock() ? 20 : 1), "the program ran for %d ms", bytecodes);
    lab_always_within(20, "20 ms of work took %ld ms", lab_now_ms());
    close_interpreter();
}

static void *brief(void *name)
{
    gil_take(gil);
    bytecodes++;
    gil_drop(gil);
    return name;
}

SCENARIO(in_turn, "two threads take it for a moment", "M13", "11.1")
{
    open_interpreter();
    lab_go(brief, a);
    lab_go(brief, b);
    lab_join_all();
    lab_check(bytecodes == 2, "the interpreter counts %d steps and not 2", bytecodes);
    close_interpreter();
}

SCENARIO(two_programs, "two programs compute for 20 ms each", "M30", "11.1")
{
    open_interpreter();
    lab_go(program, a);
    lab_go(program, b);
    lab_join_all();
    lab_always_within(40, "2 * 20 ms of work took %ld ms and not 40", lab_now_ms());
    lab_require("starved", longest <= 6,
                "M30 if whoever waits long enough got the lock by itself: "
                "a thread waited for the lock for %ld ms: after 5 it may ask, and a safe point comes every ms", longest);
    lab_require("limit", !lab_ideal_clock() || switches <= 10,
                "M18 if handing the lock over cost nothing: "
                "the lock changed hands %d times in 40 ms; every 5 ms would be 8 times", switches);
    close_interpreter();
}

SCENARIO(gives_way, "a thread waits, and the one that computes gives way", "M30", "11.1")
{
    open_interpreter();
    gil_take(gil);
    lab_go(brief, a);
    lab_work(7);
    bool wanted = gil_wanted(gil);
    lab_check(wanted || !lab_ideal_clock(), "a thread has waited for 7 ms, and gil_wanted says that nobody has asked");
    take(true);
    lab_check(bytecodes == 1 || !wanted, "who gave way has the lock again, before anybody else had it");
    lab_check(!wanted || !gil_wanted(gil), "the one who asked has had it, and gil_wanted says that somebody asks");
    gil_drop(gil);
    lab_join_all();
    close_interpreter();
}

SCENARIO(two_wait, "two threads wait for one that computes for 7 ms", "M31", "11.1")
{
    open_interpreter();
    gil_take(gil);
    lab_go(brief, a);
    lab_go(brief, b);
    if (lab_ideal_clock())
        lab_work(7);
    lab_check(!lab_ideal_clock() || gil_wanted(gil), "two threads have waited for 7 ms, and gil_wanted says that nobody has asked");
    gil_drop(gil);
    lab_join_all();
    lab_check(bytecodes == 2, "the interpreter counts %d steps and not 2", bytecodes);
    lab_always_within(7, "7 ms of work and two moments took %ld ms", lab_now_ms());
    close_interpreter();
}

static void *sleeper(void *name)
{
    lab_name(name);
    take(false);
    bytecodes++;
    gil_drop(gil);
    lab_brew(10);
    take(false);
    bytecodes++;
    gil_drop(gil);
    return NULL;
}

SCENARIO(sleepers, "two threads sleep for 10 ms", "M18", "11.4")
{
    open_interpreter();
    lab_go(sleeper, a);
    lab_go(sleeper, b);
    lab_join_all();
    lab_check(bytecodes == 4, "the interpreter counts %d steps and not 4", bytecodes);
    lab_always_within(10, "two sleeps of 10 ms took %ld ms and not 10", lab_now_ms());
    close_interpreter();
}

SCENARIO(sleeper_and_program, "one wakes up while the other one computes", "M30", "11.4")
{
    open_interpreter();
    lab_go(sleeper, a);
    lab_go(program, b);
    lab_join_all();
    lab_require("starved", longest <= 6,
                "M30 if whoever waits long enough got the lock by itself: "
                "a thread waited for the lock for %ld ms: after 5 it may ask, and a safe point comes every ms", longest);
    close_interpreter();
}

/* The programs of two interpreters. Main runs both, and nobody wants the second one's lock. */
SCENARIO(two_interpreters, "somebody waits for one lock, nobody for another", "M15 if one request were enough for all locks", "11.1")
{
    if (!lab_ideal_clock()) /* it would only be long */
        return;
    open_interpreter();
    gil_t *other = gil_new();
    gil_take(gil);
    gil_take(other);
    lab_go(brief, a);
    lab_work(7);
    lab_check(gil_wanted(gil), "M00: a thread has waited for 7 ms, and gil_wanted says that nobody has asked");
    lab_check(!gil_wanted(other), "nobody has asked for the second lock, and gil_wanted says so");
    gil_drop(other);
    gil_drop(gil);
    lab_join_all();
    gil_free(other);
    close_interpreter();
}

static void *a_moment(void *name)
{
    gil_take(gil);
    bytecodes++;
    lab_work(3);
    lab_check(!gil_wanted(gil), "M08 if who has waited for a moment had waited for 5 ms: "
              "a thread has waited for 4 ms, and gil_wanted says that it has asked");
    gil_drop(gil);
    return name;
}

SCENARIO(too_early, "two threads wait for 1 ms, one has the lock for 3, the other one goes on waiting", "M08", "11.1")
{
    if (!lab_ideal_clock())
        return;
    open_interpreter();
    gil_take(gil);
    lab_go(a_moment, a);
    lab_go(a_moment, b);
    lab_work(1);
    gil_drop(gil);
    lab_join_all();
    lab_always_within(7, "7 ms of work took %ld ms", lab_now_ms());
    close_interpreter();
}

static long back; /* when the one who gave way could go on */

static void *gives_way_once(void *name)
{
    gil_take(gil);
    lab_work(7);
    gil_drop(gil);
    back = lab_now_ms();
    return name;
}

static void *four_ms(void *name)
{
    gil_take(gil);
    bytecodes++;
    lab_work(4);
    gil_drop(gil);
    return name;
}

SCENARIO(goes_on, "two threads wait, and the one who gives way to one of them goes on", "M31", "11.1")
{
    if (!lab_ideal_clock())
        return;
    open_interpreter();
    lab_go(gives_way_once, a);
    lab_brew(1);
    lab_go(four_ms, b);
    lab_go(four_ms, b);
    lab_join_all();
    lab_check(back == 7, "M31 if one signal woke everybody who waits: "
              "the lock was dropped and taken over at 7 ms, and the one who dropped it could go on only at %ld ms", back);
    close_interpreter();
}
