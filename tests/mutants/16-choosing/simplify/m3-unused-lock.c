/* mutant: keeps a lock that keeps nobody out
 * expect: LIMIT, message contains "pthread_mutex_lock"
 * belief: none */
#include "simplify.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void bill_all(const struct order *orders, int n)
{
    for (int i = 0; i < n; i++) {
        pthread_mutex_lock(&lock);
        show(i, round_up(discount(add_up(&orders[i]))));
        pthread_mutex_unlock(&lock);
    }
}
