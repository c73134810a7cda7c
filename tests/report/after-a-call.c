/* The array is main's, and main has just come back from another function. */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int cups;

static void count(void)
{
    pthread_mutex_lock(&lock);
    cups++;
    pthread_mutex_unlock(&lock);
}

static void *brew(void *arg)
{
    int *ready = arg;
    count();
    *ready = 1;
    return NULL;
}

int main(void)
{
    int ready[2] = {0, 0};
    pthread_t t;
    if (pthread_create(&t, NULL, brew, &ready[1]) != 0)
        abort();
    count();
    int seen = ready[1];
    pthread_join(t, NULL);
    return seen > 1;
}
