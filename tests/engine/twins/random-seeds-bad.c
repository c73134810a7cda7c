// expect: race data_race; preemptions == 0
// One seed for both.
#include <pthread.h>
#include <stdlib.h>

static int sums[2];

static void *roll(void *arg)
{
    int *sum = arg;
    static unsigned seed = 1;
    for (int i = 0; i < 3; i++)
        *sum += rand_r(&seed) % 6 + 1;
    return NULL;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, roll, &sums[0]);
    pthread_create(&u, NULL, roll, &sums[1]);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return sums[0] >= 3 && sums[1] >= 3 ? 0 : 1;
}
