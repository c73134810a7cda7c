/* mutant: puts two cups on a shelf for one, with nobody there
 * expect: DEADLOCK in right_one
 * belief: none */
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
    lab_check((got[0] == 1 && got[1] == 2) || (got[0] == 2 && got[1] == 1),
              "cups 1 and 2 were put, cups %d and %d came out", got[0], got[1]);
    queue_free(shelf);
}

static void first_in_first_out(void)
{
    shelf = queue_new(1);
    queue_put(shelf, 1);
    queue_put(shelf, 2);
    int first = queue_get(shelf);
    lab_check(first == 1, "cup 1 was put first, and cup %d came out first", first);
    lab_check(queue_get(shelf) == 2, "cup 2 did not come out second");
    queue_free(shelf);
}

void test(void)
{
    first_in_first_out();
    two_customers(1);
    two_customers(2);
}
