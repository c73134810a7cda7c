/* mutant: the same, with an ordinary variable
 * expect: RACE in one_order, message contains "step 2 used a result"
 * belief: M01, M05 the thread will be ready in time */
#include "simplify.h"

#include <pthread.h>

static const struct order *order;
static long sum;

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
