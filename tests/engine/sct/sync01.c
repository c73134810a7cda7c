// One thread takes what there is, the other brings more once it is gone. Wrong: there is one already and
// both sides wait for the other's signal. Fixed: each looks first.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t empty = PTHREAD_COND_INITIALIZER, full = PTHREAD_COND_INITIALIZER;
static int count = 1;

static void *bring(void *arg)
{
    pthread_mutex_lock(&m);
    while (count > 0)
        pthread_cond_wait(&empty, &m);
    count++;
    pthread_mutex_unlock(&m);
    pthread_cond_signal(&full);
    return arg;
}

static void *take(void *arg)
{
    pthread_mutex_lock(&m);
#ifdef FIXED
    while (count == 0)
        pthread_cond_wait(&full, &m);
#else
    pthread_cond_wait(&full, &m);
#endif
    count--;
    pthread_mutex_unlock(&m);
    pthread_cond_signal(&empty);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, bring, NULL);
    pthread_create(&b, NULL, take, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return count != 1;
}
