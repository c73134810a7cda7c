/* mutant: a mutex: one fetch at a time
 * expect: SERIAL in three_over_two
 * belief: M32 a semaphore is a lock */
#include "burners.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void limiter_init(limiter_t *l, int k)
{
    (void)l;
    (void)k;
}

int fetch_limited(limiter_t *l, const char *url)
{
    (void)l;
    pthread_mutex_lock(&lock);
    int length = fake_get(url);
    pthread_mutex_unlock(&lock);
    return length;
}
