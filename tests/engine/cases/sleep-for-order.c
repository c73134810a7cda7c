// expect: wrong assert
// Everything is locked, but the order rests on sleep: only a hostile clock shows it.
#include <assert.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int result;

static void *work(void *arg)
{
    sleep(1);
    pthread_mutex_lock(&m);
    result = 42;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    sleep(2);
    pthread_mutex_lock(&m);
    int seen = result;
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    assert(seen == 42);
    return 0;
}
