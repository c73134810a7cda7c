/* mutant: the steps in a row, and a thread for each order
 * expect: LIMIT in one_order, message contains "three calls in a row need none"
 * belief: M37 independent work is always worth a thread */
#include "simplify.h"

#include <pthread.h>

struct bill {
    pthread_t thread;
    const struct order *order;
    long cents;
};

static void *compute(void *arg)
{
    struct bill *b = arg;
    b->cents = round_up(discount(add_up(b->order)));
    return NULL;
}

void bill_all(const struct order *orders, int n)
{
    struct bill b[50];
    for (int i = 0; i < n; i++) {
        b[i].order = &orders[i];
        pthread_create(&b[i].thread, NULL, compute, &b[i]);
    }
    for (int i = 0; i < n; i++) {
        pthread_join(b[i].thread, NULL);
        show(i, b[i].cents);
    }
}
