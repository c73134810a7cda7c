#include <pthread.h>
#include <stdio.h>

static long stock;

// region: restock
static void *restock(void *arg) //= 2
{
    for (long i = 0; i < 1000; i++)
        stock += 1; //= 1
    return arg;
}
// endregion

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, restock, NULL);
    pthread_create(&b, NULL, restock, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%ld\n", stock);
    return 0;
}
