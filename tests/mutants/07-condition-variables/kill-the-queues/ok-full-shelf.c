/* ok: looks as well whether a second cup waits for the first place */
#include "kill-the-queues.h"

#include <lab/check.h>

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
#include <stdatomic.h>
static queue_t *q;
static atomic_int done;
static int got[2];
static void *cook(void *a)
{
    queue_put(q, 1);
    queue_put(q, 2);
    done = 1;
    return a;
}
static void *eat(void *a)
{
    *(int *)a = queue_get(q);
    return NULL;
}
static void full(void)
{
    q = queue_new(1);
    done = 0;
    lab_go(cook, NULL);
    lab_brew(100);
    lab_check(!done, "two cups on a shelf for one");
    lab_check(queue_get(q) == 1, "first is not first");
    lab_check(queue_get(q) == 2, "second is not second");
    lab_join_all();
    queue_free(q);
}
static void two(size_t cap)
{
    q = queue_new(cap);
    lab_go(eat, &got[0]);
    lab_go(eat, &got[1]);
    queue_put(q, 1);
    queue_put(q, 2);
    lab_join_all();
    lab_check(got[0] != got[1], "the same cup twice");
    queue_free(q);
}
void test(void)
{
    order();
    full();
    two(1);
    two(2);
}
