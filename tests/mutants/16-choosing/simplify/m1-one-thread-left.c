/* mutant: leaves one thread, to show the bills
 * expect: LIMIT in one_order, message contains "1 thread, at 30 us each, for 15 us of work"
 * belief: M37 a thread more cannot hurt */
#include "simplify.h"

#include <pthread.h>

struct bill {
    int number;
    long cents;
};

static void *show_one(void *arg)
{
    struct bill *b = arg;
    show(b->number, b->cents);
    return NULL;
}

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++) {
        pthread_t thread;
        struct bill b = {i, round_up(discount(add_up(&orders[i])))};
        pthread_create(&thread, NULL, show_one, &b);
        pthread_join(thread, NULL);
    }
}
