/* mutant: two cooks, one customer
 * expect: WRONG in queue_2, message contains "passes with it in every interleaving"
 * belief: M06 two on one side are enough, no matter which */
#include "kill-the-queues.h"

#include <lab/check.h>

static queue_t *q;
static int one = 1, two = 2;
static void *cook(void *a)
{
    queue_put(q, *(int *)a);
    return NULL;
}
static void round_of(size_t cap)
{
    q = queue_new(cap);
    lab_go(cook, &one);
    lab_go(cook, &two);
    int sum = queue_get(q);
    sum += queue_get(q);
    lab_join_all();
    lab_check(sum == 3, "sum %d", sum);
    queue_free(q);
}
void test(void)
{
    round_of(1);
    round_of(2);
}
