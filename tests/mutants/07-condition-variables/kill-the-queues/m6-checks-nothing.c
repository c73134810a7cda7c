/* mutant: looks only whether it comes to an end
 * expect: WRONG in queue_2, message contains "passes with it in every interleaving"
 * belief: M06 what comes to an end is right */
#include "kill-the-queues.h"

#include <lab/check.h>

static queue_t *shelf;
static int got[2]; /* each by its own customer, read after lab_join_all */

static void *customer(void *arg)
{
    *(int *)arg = queue_get(shelf);
    return NULL;
}

/* Two may wait on one side: with one place the cook waits, too; with two the second cup meets a shelf that is not empty. */
static void two_customers(size_t places)
{
    shelf = queue_new(places);
    lab_go(customer, &got[0]);
    lab_go(customer, &got[1]);
    queue_put(shelf, 1);
    queue_put(shelf, 2);
    lab_join_all();
    queue_free(shelf);
}

static void first_in_first_out(void)
{
    shelf = queue_new(2);
    queue_put(shelf, 1);
    queue_put(shelf, 2);
    queue_get(shelf);
    queue_get(shelf);
    queue_free(shelf);
}

void test(void)
{
    first_in_first_out();
    two_customers(1);
    two_customers(2);
}
