#include <pthread.h>

static int c;

static void *restock(void *arg)
{
    c++;
    return arg;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, restock, NULL);
    pthread_create(&b, NULL, restock, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
