// expect: misuse unlock_not_owner; preemptions == 0
// An ordinary mutex does not check.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int refused;

static void *meddle(void *arg)
{
    refused = pthread_mutex_unlock(&m) == EPERM;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_mutex_lock(&m);
    pthread_create(&t, NULL, meddle, NULL);
    pthread_join(t, NULL);
    return pthread_mutex_unlock(&m) == 0 && refused ? 0 : 1;
}
