// expect: race data_race
// Test and set are two steps.
#include <pthread.h>

static volatile int locked;
static long hits;

static void *work(void *arg)
{
    for (int i = 0; i < 2; i++) {
        while (locked)
            ;
        locked = 1;
        hits++;
        locked = 0;
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return hits == 4 ? 0 : 1;
}
