/* check.c - is the sum right, is the work really shared out, and is nothing left behind? */
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#include <lab/check.h>

#include "cpu-split.h"

enum { PAGE_MS = 100, PROCESSES = 16 };

static uint64_t cups = 1000; /* on the first page; more than a byte can hold */

static pid_t me;
static int *tally; /* pages by process, in memory that all of them have; NULL: nobody keeps a tally */

uint64_t count_page(uint64_t page)
{
    lab_work(PAGE_MS);
    if (tally)
        tally[(getpid() - me) % PROCESSES]++;
    return cups + page;
}

static uint64_t expected(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t page = 0; page < n; page++)
        sum += cups + page;
    return sum;
}

/* The sum of the lowest eight bits of each share: what comes through exit codes. */
static uint64_t cut_off(uint64_t n, int procs)
{
    uint64_t sum = 0;
    for (int k = 0; k < procs; k++) {
        uint64_t share = 0;
        for (uint64_t page = (uint64_t)k; page < n; page += (uint64_t)procs)
            share += cups + page;
        sum += share & 255;
    }
    return sum;
}

static void count(uint64_t n, int procs)
{
    lab_no_polling();
    me = getpid();
    uint64_t sum = psum(n, procs);
    lab_check(getpid() == me, "M38 if a child were gone when its work is done: "
              "a child came back from psum, too: after fork there are two processes, and the child has to "
                              "end where its work ends");
    lab_check(sum != 0, "the sum is 0: of what the children have counted nothing has come to their parent");
    lab_check(sum != cut_off(n, procs),
              "M38 if a child could give back any number: "
              "the sum should be %lu, it is %lu: an exit code has 8 bits, and more of a share does not come back by it",
              (unsigned long)expected(n), (unsigned long)sum);
    lab_check(sum == expected(n), "%d processes count %d pages: the sum should be %lu, it is %lu", procs, (int)n,
              (unsigned long)expected(n), (unsigned long)sum);
    lab_no_children_left();
}

static void count_and_leave(uint64_t n, int procs)
{
    count(n, procs);
    lab_no_mappings_left();
}

static int most(void)
{
    int most = 0;
    for (int i = 0; i < PROCESSES; i++)
        most = tally[i] > most ? tally[i] : most;
    return most;
}

SCENARIO(two_halves, "2 processes, 4 pages", "M38", "12.2")
{
    count_and_leave(4, 2);
}

SCENARIO(at_once, "2 processes, 4 pages of 100 ms", "M48", "12.3")
{
    count_and_leave(4, 2);
    lab_always_within(200, "M02 if what processes do overlapped, wherever one waits for them: "
                      "4 pages of 100 ms took 2 processes %ld ms, 200 are enough", lab_now_ms());
}

SCENARIO(not_even, "3 processes, 5 pages", "M02 if work always divided evenly", "12.3")
{
    size_t size = PROCESSES * sizeof *tally;
    tally = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    lab_check(tally != MAP_FAILED, "there was no memory to share");
    count(5, 3);
    lab_require("serial", !lab_ideal_clock() || most() <= 2, "M48 if the division of the work did not matter: "
                "of 5 pages one process counted %d; with shares as equal as possible 3 processes count 2 "
                                       "at most, and need 200 ms", most());
    munmap(tally, size);
    tally = NULL;
    lab_no_mappings_left();
}

SCENARIO(alone, "1 process, 3 pages", "M48", "12.3")
{
    count_and_leave(3, 1);
    lab_always_within(300, "3 pages of 100 ms took 1 process %ld ms, 300 are enough", lab_now_ms());
}

SCENARIO(too_many, "3 processes, 2 pages", "M37", "12.3")
{
    count_and_leave(2, 3);
    lab_always_within(100, "2 pages of 100 ms took 3 processes %ld ms, 100 are enough", lab_now_ms());
}

SCENARIO(short_of_hands, "the second process cannot be started",
         "M36 if a call that fails made itself known", "12.1")
{
    lab_fail_fork(1);
    count_and_leave(4, 2);
    lab_always_within(400, "4 pages of 100 ms took %ld ms", lab_now_ms());
}

SCENARIO(many_cups, "2 processes, and more cups than 32 bits can hold",
         "M36 if a number that does not fit made itself known", "12.2")
{
    cups = (UINT64_C(1) << 32) + 1000;
    count_and_leave(2, 2);
}

SCENARIO(interrupted, "waiting is interrupted", "M40 if waitpid came back only when the child has ended", "12.5")
{
    lab_interrupts(2);
    count_and_leave(2, 2);
}
