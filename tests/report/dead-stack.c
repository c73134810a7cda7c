#include <pthread.h>
#include <stdio.h>

static void *greet(void *arg)
{
    int number = *(int *)arg;
    printf("guest %d\n", number);
    return NULL;
}

static pthread_t invite(int n)
{
    pthread_t t;
    int number = n * 10;
    pthread_create(&t, NULL, greet, &number);
    return t;
}

int main(void)
{
    pthread_t t = invite(1);
    pthread_join(t, NULL);
    return 0;
}
