// A buffer for one value, two producers, two consumers. Wrong: all wait on one condition variable and a
// signal may wake one of the own kind. Fixed: broadcast.
#include <pthread.h>

#ifdef FIXED
#define WAKE pthread_cond_broadcast
#else
#define WAKE pthread_cond_signal
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int full;

static void *put(void *arg)
{
    pthread_mutex_lock(&m);
    while (full)
        pthread_cond_wait(&changed, &m);
    full = 1;
    WAKE(&changed);
    pthread_mutex_unlock(&m);
    return arg;
}

static void *take(void *arg)
{
    pthread_mutex_lock(&m);
    while (!full)
        pthread_cond_wait(&changed, &m);
    full = 0;
    WAKE(&changed);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t[4];
    pthread_create(&t[0], NULL, take, NULL);
    pthread_create(&t[1], NULL, take, NULL);
    pthread_create(&t[2], NULL, put, NULL);
    pthread_create(&t[3], NULL, put, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    return full;
}
