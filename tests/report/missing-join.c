#include <pthread.h>

static int cups;

static void *brew(void *arg)
{
    (void)arg;
    cups = 3;
    return NULL;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, brew, NULL);
    int sold = cups;
    pthread_join(t, NULL);
    return sold != 3;
}
