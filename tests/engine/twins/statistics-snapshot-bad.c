// expect: wrong assert; preemptions <= 1
// They are read under the lock one after the other.
#include <assert.h>
#include <pthread.h>

struct totals {
    int count, sum;
};

static struct totals totals;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *feed(void *arg)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&m);
        totals.count++;
        totals.sum += 10;
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static struct totals snapshot(void)
{
    struct totals copy;
    pthread_mutex_lock(&m);
    copy.count = totals.count;
    pthread_mutex_unlock(&m);
    pthread_mutex_lock(&m);
    copy.sum = totals.sum;
    pthread_mutex_unlock(&m);
    return copy;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, feed, NULL);
    struct totals now = snapshot();
    assert(now.sum == 10 * now.count);
    pthread_join(t, NULL);
    return 0;
}
