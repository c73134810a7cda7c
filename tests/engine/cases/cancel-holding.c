// expect: misuse end_holding
// Cancelled in its sleep, it takes the mutex with it.
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *beat(void *arg)
{
    for (;;) {
        pthread_mutex_lock(&m);
        sleep(1);
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, beat, NULL);
    pthread_cancel(t);
    pthread_join(t, NULL);
    return 0;
}
