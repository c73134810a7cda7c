// expect: race data_race; preemptions <= 1
#include <pthread.h>

static int best;

static void *work(void *arg)
{
    best = 9;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    int seen = best;
    pthread_join(t, NULL);
    return seen < 0;
}
