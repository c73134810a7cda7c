// expect: race data_race
// One barrier a round is not enough: the quick one writes what the slow one still reads.
#include <pthread.h>

static pthread_barrier_t b;
static int half[2];
static int serials;

static void *work(void *arg)
{
    long me = (long)arg;
    for (int round = 1; round <= 2; round++) {
        half[me] = round;
        if (pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD)
            ;;
        if (half[1 - me] != round)
            return (void *)1;
    }
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    void *r[2];
    pthread_barrier_init(&b, NULL, 2);
    for (long i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, work, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], &r[i]);
    pthread_barrier_destroy(&b);
    return r[0] || r[1];
}
