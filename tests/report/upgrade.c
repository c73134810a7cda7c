#include <pthread.h>

static pthread_rwlock_t menu = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t both;
static int price;

static void *raise_price(void *arg)
{
    (void)arg;
    pthread_rwlock_rdlock(&menu);
    pthread_barrier_wait(&both);
    if (price < 5) {
        pthread_rwlock_wrlock(&menu);
        price++;
        pthread_rwlock_unlock(&menu);
    }
    pthread_rwlock_unlock(&menu);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_barrier_init(&both, NULL, 2);
    pthread_create(&a, NULL, raise_price, NULL);
    pthread_create(&b, NULL, raise_price, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
