/* check.c - are writers alone and readers together, does nobody sleep who could go on, and does a writer
 * get his turn? */
#include <lab/check.h>
#include <stdatomic.h>

#include "menu-rwlock.h"

static rw_t board;
static atomic_int reading, writing;

static void read_menu(long ms)
{
    rw_rdlock(&board);
    atomic_fetch_add(&reading, 1);
    int w = writing;
    lab_check(w == 0, "M09 if who only reads were in nobody's way: "
              "a reader and a writer are inside at the same time");
    if (ms > 0)
        lab_brew(ms);
    atomic_fetch_sub(&reading, 1);
    rw_rdunlock(&board);
}

static void write_menu(long ms)
{
    rw_wrlock(&board);
    int w = atomic_fetch_add(&writing, 1), r = reading;
    lab_check(w == 0, "two writers are inside at the same time");
    lab_check(r == 0, "M09 if who only reads were in nobody's way: "
              "a reader and a writer are inside at the same time");
    if (ms > 0)
        lab_brew(ms);
    atomic_fetch_sub(&writing, 1);
    rw_wrunlock(&board);
}

static void *reader(void *arg)
{
    lab_name("reader");
    read_menu((long)arg);
    return NULL;
}

static void *writer(void *arg)
{
    lab_name("writer");
    write_menu((long)arg);
    return NULL;
}

static void open_board(void)
{
    lab_no_polling();
    rw_init(&board);
}

static void all_at_once(int readers, int writers)
{
    open_board();
    for (int i = 0; i < writers; i++)
        lab_go(writer, NULL);
    for (int i = 0; i < readers; i++)
        lab_go(reader, NULL);
    lab_join_all();
}

SCENARIO(one_of_each, "a reader and a writer", "M09", "09.4")
{
    all_at_once(1, 1);
}

SCENARIO(two_readers, "two readers and a writer", "M08", "09.4")
{
    all_at_once(2, 1);
}

SCENARIO(two_writers, "a reader and two writers", "M28", "09.4")
{
    all_at_once(1, 2);
}

SCENARIO(together, "a writer is inside for a second, then two readers for two", "M10", "09.4")
{
    open_board();
    lab_go(writer, (void *)1000L);
    lab_brew(500);
    for (int i = 0; i < 2; i++)
        lab_go(reader, (void *)2000L);
    lab_join_all();
    lab_always_within(3000, "M10 if readers had to keep each other out: "
                      "one second of writing and two of reading, for two readers at a time, took %ld ms "
                            "and not 3000",
                      lab_now_ms());
}

static long wrote_ms, read_ms;

static void *late_writer(void *arg)
{
    lab_name("writer");
    lab_brew(500);
    write_menu(0);
    wrote_ms = lab_now_ms();
    return arg;
}

static void *late_reader(void *arg)
{
    lab_name("late reader");
    lab_brew(750);
    read_menu(1000);
    read_ms = lab_now_ms();
    return arg;
}

/* A reader from 0 to 1000; a writer comes at 500, another reader at 750. */
SCENARIO(writer_first, "a writer waits for a reader, and another reader comes", "M08", "09.5")
{
    open_board();
    lab_go(reader, (void *)1000L);
    lab_go(late_writer, NULL);
    lab_go(late_reader, NULL);
    lab_join_all();
    lab_require("starved", !lab_ideal_clock() || wrote_ms == 1000,
                "M34 if a read-write lock were fair by itself: "
                "the writer came at 500 ms, the last reader before him left at 1000 ms, and he was let in only "
                "at %ld ms: readers who came later went first",
                wrote_ms);
    lab_require("serial", !lab_ideal_clock() || read_ms == 2000, "the reader that came last left at %ld ms, not at 2000", read_ms);
}

static void *early_writer(void *arg)
{
    lab_name("writer");
    lab_brew(250);
    write_menu(0);
    return arg;
}

/* Main reads from 0 to 1000; writers come at 250 and 500, a reader at 750. Under the hostile clock nobody could say who
 * came first, and it would only be long. */
SCENARIO(two_wait, "two writers wait for a reader, and another reader comes", "M08", "09.5")
{
    if (!lab_ideal_clock())
        return;
    open_board();
    lab_go(early_writer, NULL);
    lab_go(late_writer, NULL);
    lab_go(late_reader, NULL);
    read_menu(1000);
    lab_join_all();
    lab_require("starved", wrote_ms == 1000,
                "M08 if at most one writer ever waited: "
                "two writers had come by 500 ms, the last reader before them left at 1000 ms, and one of the two was let "
                "in only at %ld ms: a reader who came later went first",
                wrote_ms);
}

/* Main reads one board, for which a writer waits, and then has the other one to itself. */
SCENARIO(two_boards, "a writer waits at one board, and nobody is at the other",
         "M15 if one count were enough for all boards", "09.4")
{
    static rw_t other;
    if (!lab_ideal_clock())
        return;
    open_board();
    rw_init(&other);
    lab_go(early_writer, NULL);
    rw_rdlock(&board);
    lab_brew(500);
    rw_rdlock(&other);
    rw_rdunlock(&other);
    rw_wrlock(&other);
    rw_wrunlock(&other);
    lab_require("serial", lab_now_ms() == 500, "nobody was at the other board, and yet somebody had to wait until t = %ld ms",
                lab_now_ms());
    rw_rdunlock(&board);
    lab_join_all();
}

SCENARIO(three_together, "three readers for a second", "M10 if more than two readers had to keep each other out", "09.4")
{
    if (!lab_ideal_clock())
        return;
    open_board();
    for (int i = 0; i < 2; i++)
        lab_go(reader, (void *)1000L);
    read_menu(1000);
    lab_join_all();
    lab_always_within(1000, "a second of reading, for three readers at a time, took %ld ms and not 1000", lab_now_ms());
}
