/* Each takes a lock and tries the other; if that is taken, the first one is given back. Here everybody
 * tries at most twice, so that the story has an end. */
#include <pthread.h>

static pthread_mutex_t spoon = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t sieve = PTHREAD_MUTEX_INITIALIZER;
static int brewed; /* cups */

static int try_both(pthread_mutex_t *mine, pthread_mutex_t *other)
{
    pthread_mutex_lock(mine);
    int got = pthread_mutex_trylock(other) == 0;
    if (got) {
        brewed++;
        pthread_mutex_unlock(other);
    }
    pthread_mutex_unlock(mine);
    return got;
}

void *spoon_first(void *arg)
{
    if (!try_both(&spoon, &sieve))
        try_both(&spoon, &sieve);
    return arg;
}

void *sieve_first(void *arg)
{
    if (!try_both(&sieve, &spoon))
        try_both(&sieve, &spoon);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, spoon_first, NULL);
    pthread_create(&b, NULL, sieve_first, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
