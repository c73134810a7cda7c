/* Each reads the price, and then wants to change it, without letting go of the read lock. */
#include <pthread.h>

static pthread_rwlock_t board = PTHREAD_RWLOCK_INITIALIZER; /* protects: price */
static int price = 30;

void *raise_price(void *arg)
{
    pthread_rwlock_rdlock(&board);
    int old = price;
    pthread_rwlock_wrlock(&board);
    price = old + 1;
    pthread_rwlock_unlock(&board);
    pthread_rwlock_unlock(&board);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, raise_price, NULL);
    pthread_create(&b, NULL, raise_price, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
