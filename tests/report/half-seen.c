#include <assert.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int low = 1, high = 2;

static void *shift(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    low = 11;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    high = 12;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, shift, NULL);
    pthread_mutex_lock(&lock);
    int l = low, h = high;
    pthread_mutex_unlock(&lock);
    pthread_join(t, NULL);
    assert(h == l + 1);
    return 0;
}
