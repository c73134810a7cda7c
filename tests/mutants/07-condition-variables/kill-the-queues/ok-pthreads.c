/* ok: its own threads, its own return values */
#include "kill-the-queues.h"

#include <lab/check.h>
#include <pthread.h>
#include <stdint.h>

static void order(void)
{
    queue_t *q = queue_new(3);
    for (int i = 1; i <= 3; i++)
        queue_put(q, i);
    for (int i = 1; i <= 3; i++) {
        int c = queue_get(q);
        lab_check(c == i, "expected %d, got %d", i, c);
    }
    queue_free(q);
}

static void *taker(void *q) { return (void *)(intptr_t)queue_get(q); }

static void pair(size_t cap)
{
    queue_t *q = queue_new(cap);
    pthread_t t[2];
    void *r[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, taker, q);
    queue_put(q, 7);
    queue_put(q, 8);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], &r[i]);
    lab_check((intptr_t)r[0] + (intptr_t)r[1] == 15, "a cup is missing");
    queue_free(q);
}

void test(void)
{
    order();
    pair(1);
    pair(2);
}
