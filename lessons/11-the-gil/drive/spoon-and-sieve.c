/* Spoon and sieve once more, now as an interpreter with a GIL runs them. Who waits for a lock of the program lets
 * go of the GIL meanwhile. */
#include <pthread.h>

static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER; /* held while the interpreter runs */
static pthread_mutex_t spoon = PTHREAD_MUTEX_INITIALIZER, sieve = PTHREAD_MUTEX_INITIALIZER;

/* lock.acquire(): the GIL is held before and after. */
static void acquire(pthread_mutex_t *lock)
{
    if (pthread_mutex_trylock(lock) == 0)
        return;
    pthread_mutex_unlock(&gil);
    pthread_mutex_lock(lock);
    pthread_mutex_lock(&gil);
}

static void use(pthread_mutex_t *first, pthread_mutex_t *second)
{
    pthread_mutex_lock(&gil);
    acquire(first);
    pthread_mutex_unlock(&gil); /* the GIL may go to the other thread here */
    pthread_mutex_lock(&gil);
    acquire(second);
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
    pthread_mutex_unlock(&gil);
}

void *brew(void *arg)
{
    use(&spoon, &sieve);
    return arg;
}

void *clean(void *arg)
{
    use(&sieve, &spoon);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, brew, NULL);
    pthread_create(&b, NULL, clean, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
