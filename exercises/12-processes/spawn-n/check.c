/* check.c - is every child a process of its own, waited for once, and does each status belong to its child? */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lab/check.h>

#include "spawn-n.h"

enum { NOBODY = -77 };

static int cups, status[3];
static pid_t me;

static void begin(void)
{
    lab_no_polling();
    me = getpid();
    cups = 0;
    for (int i = 0; i < 3; i++)
        status[i] = NOBODY;
}

/* The caller came back, and nobody else. */
static void check_alone(void)
{
    lab_check(getpid() == me, "M38 if a child were gone when its work is done: "
              "a child came back from spawn_n, too: after fork there are two processes, and the child has "
                              "to end where its work ends");
}

static void spawn_all(int n, int (*child)(int))
{
    int result = spawn_n(n, child, status);
    check_alone();
    lab_check(result == 0, "all %d children could be started, and spawn_n returned %d", n, result);
}

/* What one takes for the status when it is not. */
static const char *mistaken(int got, int expected)
{
    if (expected > 128 && got == expected - 128)
        return ": that is the signal, and 128 + the signal is asked for";
    if (expected > 128)
        return ": a signal ended it, and then WEXITSTATUS means nothing";
    if (expected >= 20 && got >= 20 && got / 10 == expected / 10)
        return ": another child has ended with that; they end in any order";
    return expected && got == expected << 8 ? ": that is all that waitpid told, and WEXITSTATUS takes the exit code out of it" : "";
}

static bool refused; /* a child that cannot be started */
static bool interrupts;

static const char *belief(int got, int expected)
{
    if (expected > 128)
        return "M36 if every process ended with an exit code: ";
    if (expected && got == expected << 8)
        return "M08 if waitpid gave the exit code: ";
    if (expected >= 20 && got >= 20 && got / 10 == expected / 10)
        return "M01 if children ended in the order in which they were started: ";
    return interrupts ? "M40 if waitpid came back only when the child has ended: " : "M00: ";
}

static void check_status(int i, int expected)
{
    lab_check(status[i] != NOBODY,
              "%sstatus[%d] is as it was before: nobody has written it in this process (what a child writes goes into "
              "its own copy)",
              i == 0 && !refused ? "M38: " : "M24 if somebody waited for a child without being asked: ", i);
    lab_check(status[i] == expected, "%sstatus[%d] should be %d, it is %d%s", belief(status[i], expected), i, expected, status[i],
              mistaken(status[i], expected));
}

static int sell(int i)
{
    cups++;
    return 10 * i + cups;
}

SCENARIO(own_memory, "two children, each counts in its own memory", "M38", "12.1")
{
    begin();
    spawn_all(2, sell);
    lab_check(cups == 0, "this process has sold nothing, and its cups went from 0 to %d", cups);
    if (status[0] == 11 && status[1] == 1)
        return; /* no copy has done that: the next scenarios say what has */
    check_status(0, 1);
    check_status(1, 11);
    lab_no_children_left();
}

static int brew(int i)
{
    lab_brew(300);
    return 40 + i;
}

SCENARIO(all_at_once, "three children of 0.3 s each", "M02", "12.1")
{
    begin();
    spawn_all(3, brew);
    lab_always_within(300, "M02 if what processes do overlapped, wherever one waits for them: "
                      "three children of 300 ms each took %ld ms; at the same time they take 300 ms", lab_now_ms());
    for (int i = 0; i < 3; i++)
        check_status(i, 40 + i);
    lab_no_children_left();
}

static int last_is_first(int i)
{
    lab_brew(300 - 100 * i);
    return 20 + i;
}

static int large(int i) { return 255 - i; }

SCENARIO(large_codes, "two children, with exit codes 255 and 254", "M08", "12.1")
{
    begin();
    spawn_all(2, large);
    for (int i = 0; i < 2; i++)
        lab_check(status[i] == 255 - i, "M00: status[%d] should be %d, it is %d", i, 255 - i, status[i]);
    lab_no_children_left();
}

SCENARIO(last_is_first, "the last child ends first", "M01", "12.1")
{
    begin();
    spawn_all(3, last_is_first);
    for (int i = 0; i < 3; i++)
        check_status(i, 20 + i);
    lab_no_children_left();
}

static int one_burns(int i)
{
    if (i == 0)
        abort();
    return 3;
}

SCENARIO(one_aborts, "one of two children is ended by a signal", "M36", "12.5")
{
    begin();
    spawn_all(2, one_burns);
    check_status(0, 128 + SIGABRT);
    check_status(1, 3);
    lab_no_children_left();
}

/* ---- what was printed before ----------------------------------------------------------------- */

static int say_nothing(int i) { return i; }

static void read_all(int fd, char *text, size_t size)
{
    size_t n = 0;
    ssize_t got;
    while (n + 1 < size && (got = read(fd, text + n, size - 1 - n)) > 0)
        n += (size_t)got;
    text[n] = '\0';
}

SCENARIO(said_once, "something is printed before, and not yet written",
         "M38 if what stdio has not written yet belonged to the parent alone", "12.5")
{
    char text[64];
    int ends[2], screen = dup(1);
    begin();
    lab_check(pipe(ends) == 0 && dup2(ends[1], 1) == 1, "there was no pipe for stdout");
    printf("tea is ready");
    spawn_all(2, say_nothing);
    fflush(stdout);
    dup2(screen, 1);
    close(ends[1]);
    close(screen);
    read_all(ends[0], text, sizeof text);
    close(ends[0]);
    lab_check(strcmp(text, "tea is ready") == 0, "\"tea is ready\" was printed once, and this came out: \"%s\"", text);
    lab_no_children_left();
}

/* ---- when something goes wrong --------------------------------------------------------------- */

SCENARIO(no_second, "the second child cannot be started", "M36", "12.1")
{
    begin();
    refused = true;
    lab_fail_fork(1);
    int result = spawn_n(3, brew, status);
    check_alone();
    lab_check(result == -1, "M36 if a call that fails made itself known: "
              "the second of three children could not be started, and spawn_n returned %d", result);
    check_status(0, 40);
    lab_check(status[2] != 42, "M36 if the failure of one child were no matter of the others: "
              "after the second child could not be started, the third one was");
    lab_no_children_left();
}

SCENARIO(interrupted, "waiting is interrupted", "M40", "12.5")
{
    begin();
    interrupts = true;
    lab_interrupts(2);
    spawn_all(2, say_nothing);
    check_status(0, 0);
    check_status(1, 1);
    lab_no_children_left();
}

SCENARIO(a_child_of_my_own, "the caller has another child, which has ended", "M08", "12.1")
{
    int own = NOBODY;
    begin();
    pid_t child = fork();
    if (child == 0)
        _exit(9);
    spawn_all(1, say_nothing);
    check_status(0, 0);
    pid_t got = waitpid(child, &own, 0);
    lab_check(got == child, "M08 if wait knew which children are meant: "
              "the caller's own child was waited for by somebody else: now its status is lost");
    lab_check(WIFEXITED(own) && WEXITSTATUS(own) == 9, "the caller's own child ended with 9, its status says otherwise");
    lab_no_children_left();
}

SCENARIO(nobody, "no child at all", "M08", "12.1")
{
    begin();
    spawn_all(0, sell);
    lab_check(cups == 0 && status[0] == NOBODY, "no child was asked for, and something was done");
    lab_no_children_left();
}
