/* mutant: a lock that is only tried, again and again
 * expect: LIMIT, message contains "pthread_rwlock_trywrlock"
 * belief: none */
#include "private-tallies.h"
#include <pthread.h>
#include <stdlib.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static long total;
static void *count(void *p)
{
    for (int i = 0; i < *(int *)p; i++) {
        while (pthread_rwlock_trywrlock(&l))
            ;
        total++;
        pthread_rwlock_unlock(&l);
    }
    return NULL;
}
long count_all(int n, int per)
{
    pthread_t t[8];
    total = 0;
    for (int i = 0; i < n; i++)
        pthread_create(t + i, 0, count, &per);
    for (int i = 0; i < n; i++)
        pthread_join(t[i], 0);
    return total;
}
