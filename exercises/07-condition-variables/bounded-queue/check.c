/* check.c - does everything arrive once and in order, and does nobody sleep who could go on? */
#include <lab/check.h>
#include <stdint.h>

#include "bounded-queue.h"

enum { MOST = 4 };

static bq_t *queue;
static int items[2][MOST]; /* what the two producers put; never written */
static int each_puts, each_gets;
static int id[2] = {0, 1};

/* Each by its own consumer; read after the join. */
static void *got[2][MOST];

static void *produce(void *arg)
{
    int me = *(int *)arg;
    for (int i = 0; i < each_puts; i++)
        bq_put(queue, &items[me][i]);
    return NULL;
}

static void *consume(void *arg)
{
    int me = *(int *)arg;
    for (int i = 0; i < each_gets; i++)
        got[me][i] = bq_get(queue);
    return NULL;
}

static int times_got(const void *item, int consumers)
{
    int times = 0;
    for (int c = 0; c < consumers; c++)
        for (int i = 0; i < each_gets; i++)
            times += got[c][i] == item;
    return times;
}

/* What one consumer got from one producer has the order in which it was put. */
static void check_order(int consumer, int producer)
{
    const int *last = NULL;
    for (int i = 0; i < each_gets; i++) {
        const int *item = got[consumer][i];
        if (item < items[producer] || item >= items[producer] + MOST)
            continue;
        lab_check(!last || item > last, "M08 if a queue might hand out things in any order: "
                  "item %d came after item %d, and was put before it",
                  (int)(item - items[producer]) + 1, last ? (int)(last - items[producer]) + 1 : 0);
        last = item;
    }
}

static void begin(size_t cap)
{
    queue = bq_new(cap);
    lab_no_polling();
}

/* Nothing in here takes time: whoever is late has slept through a change. */
static void end(void)
{
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 0,
                "M07 if a short nap were as good as being told: "
                "somebody could have gone on at t = 0 ms, and slept until t = %ld ms", lab_now_ms());
    lab_check(bq_len(queue) == 0, "everything was taken out, and bq_len says %zu", bq_len(queue));
    bq_free(queue);
}

/* `puts` items from each producer; all of them are taken, the same number by each consumer. */
static void run(size_t cap, int producers, int consumers, int puts)
{
    begin(cap);
    each_puts = puts;
    each_gets = producers * puts / consumers;
    for (int c = 0; c < consumers; c++)
        lab_go(consume, &id[c]);
    for (int p = 1; p < producers; p++)
        lab_go(produce, &id[p]);
    produce(&id[0]);
    lab_join_all();
    for (int p = 0; p < producers; p++)
        for (int i = 0; i < puts; i++)
            lab_check(times_got(&items[p][i], consumers) == 1, "%sitem %d of producer %d came %d times",
                      times_got(&items[p][i], consumers) ? "M00: " : "M08 if there were always room: ", i + 1, p + 1,
                      times_got(&items[p][i], consumers));
    for (int c = 0; c < consumers; c++)
        for (int p = 0; p < producers; p++)
            check_order(c, p);
    end();
}

SCENARIO(one_place, "one place, one on each side", "M27", "07.3") { run(1, 1, 1, 2); }
SCENARIO(in_order, "two places, one on each side, three items", "M08", "07.7") { run(2, 1, 1, 3); }
SCENARIO(two_consumers, "one place, two consumers", "M28, M30, M31", "07.5") { run(1, 1, 2, 2); }
SCENARIO(two_producers, "one place, two producers", "M28, M31", "07.5") { run(1, 2, 1, 1); }
SCENARIO(two_and_two, "one place, two on each side", "M31", "07.7") { run(1, 2, 2, 1); }
SCENARIO(two_places, "two places, two on each side", "M31", "07.7") { run(2, 2, 2, 1); }

SCENARIO(two_wait_for_room, "two places, both taken, and two wait for room", "M31", "07.7")
{
    begin(2);
    each_puts = 1;
    bq_put(queue, &items[0][2]);
    bq_put(queue, &items[1][2]);
    lab_go(produce, &id[0]);
    lab_go(produce, &id[1]);
    for (int i = 0; i < 4; i++)
        bq_get(queue);
    lab_join_all();
    end();
}

SCENARIO(try_put, "no place: bq_try_put says so", "M08", "07.7")
{
    begin(1);
    lab_check(bq_try_put(queue, &items[0][0]), "the queue was empty, and bq_try_put returned false");
    lab_check(!bq_try_put(queue, &items[0][1]), "the queue was full, and bq_try_put returned true");
    lab_check(bq_len(queue) == 1, "one item is in the queue, and bq_len says %zu", bq_len(queue));
    lab_check(bq_get(queue) == &items[0][0], "bq_get returned something else than what was put");
    end();
}

/* Pointers that point nowhere: whoever looks into an item, or takes NULL for "nothing there", gives himself away. */
SCENARIO(any_pointer, "an item is NULL, another one points nowhere", "M08 if nobody ever put NULL", "07.7")
{
    void *nowhere = (void *)(uintptr_t)8;
    begin(2);
    bq_put(queue, NULL);
    lab_check(bq_len(queue) == 1, "NULL was put, which is an item like any other, and bq_len says %zu", bq_len(queue));
    lab_check(bq_try_put(queue, nowhere), "there was a place, and bq_try_put returned false");
    lab_check(bq_get(queue) == NULL, "NULL was put first, and bq_get returned something else");
    lab_check(bq_get(queue) == nowhere, "bq_get returned something else than what was put");
    end();
}

SCENARIO(try_put_wakes, "a consumer sleeps, and bq_try_put comes", "M27", "07.3")
{
    begin(1);
    each_gets = 1;
    lab_go(consume, &id[0]);
    lab_check(bq_try_put(queue, &items[0][0]), "the queue was empty, and bq_try_put returned false");
    lab_join_all();
    lab_check(got[0][0] == &items[0][0], "bq_get returned something else than what was put");
    end();
}

SCENARIO(try_put_never_waits, "somebody else takes the place that bq_try_put wants",
         "M16 if two calls that lock were one step", "07.7")
{
    begin(1);
    each_puts = 1;
    lab_go(produce, &id[1]);
    bool put = bq_try_put(queue, &items[0][0]);
    bq_get(queue);
    if (put)
        bq_get(queue);
    lab_join_all();
    end();
}

SCENARIO(length, "bq_len while somebody puts", "M29", "07.3")
{
    begin(1);
    each_puts = 1;
    lab_go(produce, &id[0]);
    lab_check(bq_len(queue) <= 1, "one place, and more than one item in it");
    bq_get(queue);
    lab_join_all();
    end();
}
