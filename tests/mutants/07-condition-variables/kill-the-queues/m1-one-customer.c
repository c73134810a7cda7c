/* mutant: one customer and one cook, with one place and with two
 * expect: WRONG in queue_3, message contains "passes with it in every interleaving"
 * belief: M06 what goes well with one on each side goes well */
#include "kill-the-queues.h"

#include <lab/check.h>

static queue_t *shelf;
static int got[2]; /* read after lab_join_all */

static void *customer(void *arg)
{
    got[0] = queue_get(shelf);
    got[1] = queue_get(shelf);
    return arg;
}

static void one_customer(size_t places)
{
    shelf = queue_new(places);
    lab_go(customer, NULL);
    queue_put(shelf, 1);
    queue_put(shelf, 2);
    lab_join_all();
    lab_check(got[0] == 1 && got[1] == 2, "cups 1 and 2 were put, cups %d and %d came out", got[0], got[1]);
    queue_free(shelf);
}

static void first_in_first_out(void)
{
    shelf = queue_new(2);
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
    one_customer(1);
    one_customer(2);
}
