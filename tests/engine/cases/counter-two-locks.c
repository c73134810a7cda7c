// expect: race data_race; preemptions <= 1
// Each function has a lock of its own; the data needs one.
#include <pthread.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER, two = PTHREAD_MUTEX_INITIALIZER;
static int total;

static void *up(void *arg)
{
    pthread_mutex_lock(&one);
    total++;
    pthread_mutex_unlock(&one);
    return arg;
}

static void *down(void *arg)
{
    pthread_mutex_lock(&two);
    total--;
    pthread_mutex_unlock(&two);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, up, NULL);
    pthread_create(&b, NULL, down, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return total;
}
