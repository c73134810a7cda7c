/* One cook, one customer, one place. Which broken queues does this test not notice? */
#include "kill-the-queues.h"

#include <lab/check.h>

static queue_t *shelf;
static int got[2]; /* written by the customer, read after lab_join_all */

static void *customer(void *arg)
{
    for (int i = 0; i < 2; i++)
        got[i] = queue_get(shelf);
    return arg;
}

void test(void)
{
    shelf = queue_new(1);
    lab_go(customer, NULL);
    queue_put(shelf, 1);
    queue_put(shelf, 2);
    lab_join_all();
    lab_check(got[0] == 1 && got[1] == 2, "cups 1 and 2 were put, cups %d and %d came out", got[0], got[1]);
    queue_free(shelf);
}
