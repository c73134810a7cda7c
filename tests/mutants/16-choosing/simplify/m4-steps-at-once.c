/* mutant: step 2 while step 1 is in another thread
 * expect: WRONG in one_order, message contains "step 2 used a result that did not exist yet"
 * belief: M37 what runs at the same time is done sooner */
#include "simplify.h"

#include <pthread.h>
#include <stdatomic.h>

static const struct order *order;
static _Atomic long sum;

static void *first(void *arg)
{
    sum = add_up(order);
    return arg;
}

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++) {
        pthread_t thread;
        order = &orders[i];
        sum = 0;
        pthread_create(&thread, NULL, first, NULL);
        long reduced = discount(sum);
        pthread_join(thread, NULL);
        show(i, round_up(reduced));
    }
}
