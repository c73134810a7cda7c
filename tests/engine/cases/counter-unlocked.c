// expect: race data_race; preemptions <= 1; runs <= 50
// Two threads add to a plain variable: the textbook lost update.
#include <assert.h>
#include <pthread.h>

static int total;

static void *add(void *arg)
{
    for (int i = 0; i < 3; i++)
        total++;
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(total == 6);
    return 0;
}
