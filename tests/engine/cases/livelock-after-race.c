// expect: spin|unjudged
// Only if the second thread is first does the other find "taken" for ever: nobody gives it back.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int taken, looks;

static void *politely(void *arg)
{
    while (atomic_exchange(&taken, 1)) {
        atomic_fetch_add(&looks, 1);
        atomic_fetch_sub(&looks, 1);
    }
    atomic_store(&taken, 0);
    return arg;
}

static void *forgets(void *arg)
{
    int free = 0;
    atomic_compare_exchange_strong(&taken, &free, 1);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, politely, NULL);
    pthread_create(&u, NULL, forgets, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
