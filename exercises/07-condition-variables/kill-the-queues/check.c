/* check.c - two queues that are right, with which the learner's test must hold, and ten that are broken, with each of
 * which it must fail in some interleaving.
 */
#include <pthread.h>
#include <stdlib.h>

#include <lab/check.h>

#include "kill-the-queues.h"

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t items, room;
    size_t cap, n, first; /* n cups, the oldest in slots[first]; under the lock */
    int slots[4];
};

/* What the queues of a scenario are. */
static const struct kind {
    void (*put)(queue_t *, int);
    int (*get)(queue_t *);
} *kind;

queue_t *queue_new(size_t cap)
{
    queue_t *q = malloc(sizeof *q);
    lab_check(cap >= 1 && cap <= 4, "a queue has 1 to 4 places, not %zu", cap);
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->items, NULL);
    pthread_cond_init(&q->room, NULL);
    q->cap = cap;
    q->n = q->first = 0;
    return q;
}

void queue_put(queue_t *q, int cup) { kind->put(q, cup); }
int queue_get(queue_t *q) { return kind->get(q); }

void queue_free(queue_t *q)
{
    pthread_cond_destroy(&q->items);
    pthread_cond_destroy(&q->room);
    pthread_mutex_destroy(&q->lock);
    free(q);
}

static void append(queue_t *q, int cup)
{
    q->slots[(q->first + q->n++) % q->cap] = cup;
}

static int take_first(queue_t *q)
{
    int cup = q->slots[q->first];
    q->first = (q->first + 1) % q->cap;
    q->n--;
    return cup;
}

static int take_last(queue_t *q)
{
    return q->slots[(q->first + --q->n) % q->cap];
}

/* ---- right -------------------------------------------------------------------------- */

static void put(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap)
        pthread_cond_wait(&q->room, &q->lock);
    append(q, cup);
    pthread_cond_signal(&q->items);
    pthread_mutex_unlock(&q->lock);
}

static int get(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_first(q);
    pthread_cond_signal(&q->room);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

/* One waiting room, and everybody is woken. */
static void put_to_all(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap)
        pthread_cond_wait(&q->items, &q->lock);
    append(q, cup);
    pthread_cond_broadcast(&q->items);
    pthread_mutex_unlock(&q->lock);
}

static int get_from_all(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_first(q);
    pthread_cond_broadcast(&q->items);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

/* ---- broken ------------------------------------------------------------------------- */

static void put_in_silence(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap)
        pthread_cond_wait(&q->room, &q->lock);
    append(q, cup);
    pthread_mutex_unlock(&q->lock);
}

static int get_in_silence(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_first(q);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

static void put_anyway(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    append(q, cup);
    pthread_cond_signal(&q->items);
    pthread_mutex_unlock(&q->lock);
}

static int get_last(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_last(q);
    pthread_cond_signal(&q->room);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

static int get_and_keep_the_lock(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_first(q);
    pthread_cond_signal(&q->room);
    return cup;
}

static void put_if(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    if (q->n == q->cap)
        pthread_cond_wait(&q->room, &q->lock);
    append(q, cup);
    pthread_cond_signal(&q->items);
    pthread_mutex_unlock(&q->lock);
}

static int get_if(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    if (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_first(q);
    pthread_cond_signal(&q->room);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

/* One waiting room, and one is woken. */
static void put_to_one(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap)
        pthread_cond_wait(&q->items, &q->lock);
    append(q, cup);
    pthread_cond_signal(&q->items);
    pthread_mutex_unlock(&q->lock);
}

static int get_from_one(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0)
        pthread_cond_wait(&q->items, &q->lock);
    int cup = take_first(q);
    pthread_cond_signal(&q->items);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

static void put_and_tell_the_first(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap)
        pthread_cond_wait(&q->room, &q->lock);
    if (q->n == 0)
        pthread_cond_signal(&q->items);
    append(q, cup);
    pthread_mutex_unlock(&q->lock);
}

static int wait_and_get(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    do
        pthread_cond_wait(&q->items, &q->lock);
    while (q->n == 0);
    int cup = take_first(q);
    pthread_cond_signal(&q->room);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

static void ask_and_put(queue_t *q, int cup)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == q->cap) {
        pthread_mutex_unlock(&q->lock);
        pthread_mutex_lock(&q->lock);
    }
    append(q, cup);
    pthread_mutex_unlock(&q->lock);
}

static int ask_and_get(queue_t *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0) {
        pthread_mutex_unlock(&q->lock);
        pthread_mutex_lock(&q->lock);
    }
    int cup = take_first(q);
    pthread_mutex_unlock(&q->lock);
    return cup;
}

/* ---- the learner's test, with each of them ------------------------------------------- */

static void use(void (*put_of_it)(queue_t *, int), int (*get_of_it)(queue_t *))
{
    static struct kind used;
    used = (struct kind){put_of_it, get_of_it};
    kind = &used;
    lab_no_polling();
    size_t before = lab_heap_live();
    test();
    size_t left = lab_heap_live() - before;
    lab_require("leak", left == 0 || left % sizeof(struct queue), "M17 if what a function has made went with it: "
                "%zu of the queues that your test made never came to queue_free",
                left / sizeof(struct queue));
}

SCENARIO(right_one, "this queue is right: your test must hold", "", "07.7") { use(put, get); }
SCENARIO(right_two, "this queue is right, too: your test must hold", "", "07.7") { use(put_to_all, get_from_all); }

#define PASSED(number) "M06 if a queue that does well in one test did well in all: queue_" number " is broken, and your test passes with it in every interleaving"

MUST_FAIL(queue_1, "broken queue 1", "", "07.7", PASSED("1")) { use(put_in_silence, get); }
MUST_FAIL(queue_2, "broken queue 2", "", "07.7", PASSED("2")) { use(put, get_last); }
MUST_FAIL(queue_3, "broken queue 3", "", "07.3", PASSED("3")) { use(put_to_one, get_from_one); }
MUST_FAIL(queue_4, "broken queue 4", "", "07.7", PASSED("4")) { use(put, get_and_keep_the_lock); }
MUST_FAIL(queue_5, "broken queue 5", "", "07.5", PASSED("5")) { use(put_and_tell_the_first, get); }
MUST_FAIL(queue_6, "broken queue 6", "", "07.7", PASSED("6")) { use(put_anyway, get); }
MUST_FAIL(queue_7, "broken queue 7", "", "07.5", PASSED("7")) { use(put_if, get_if); }
MUST_FAIL(queue_8, "broken queue 8", "", "07.3", PASSED("8")) { use(put, wait_and_get); }
MUST_FAIL(queue_9, "broken queue 9", "", "07.7", PASSED("9")) { use(put, get_in_silence); }
MUST_FAIL(queue_10, "broken queue 10", "", "07.1", PASSED("10")) { use(ask_and_put, ask_and_get); }
