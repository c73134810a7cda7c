/* ok: a number, a mutex and a condition variable */
#include "burners.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects: free_now */
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int free_now;

void limiter_init(limiter_t *l, int k)
{
    (void)l;
    free_now = k;
}

int fetch_limited(limiter_t *l, const char *url)
{
    (void)l;
    pthread_mutex_lock(&lock);
    while (free_now == 0)
        pthread_cond_wait(&more, &lock);
    free_now--;
    pthread_mutex_unlock(&lock);
    int length = fake_get(url);
    pthread_mutex_lock(&lock);
    free_now++;
    pthread_cond_signal(&more);
    pthread_mutex_unlock(&lock);
    return length;
}
