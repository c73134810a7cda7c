#include <pthread.h>

static void *add(void *arg)
{
    int *sum = arg;
    *sum += 5;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    int sum = 0;
    pthread_create(&a, NULL, add, &sum);
    pthread_create(&b, NULL, add, &sum);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return sum != 10;
}
