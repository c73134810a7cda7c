// expect: pass none; complete
// Each writes its own half, then reads the other's, twice over the same barrier.
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
            serials++;
        if (half[1 - me] != round)
            return (void *)1;
        pthread_barrier_wait(&b);
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
    return r[0] || r[1] || serials != 2;
}
