// expect: wrong exit_status; preemptions == 0
// A thread with nothing to wait for may still be at work.
#define _GNU_SOURCE
#include <pthread.h>

static void *work(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    if (pthread_tryjoin_np(t, NULL) == 0)
        return 0;
    pthread_join(t, NULL);
    return 2;
}
