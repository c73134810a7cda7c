// Four threads hand a number on, each to the next. Wrong: nobody waits for the one before. Fixed: it does.
#include <assert.h>
#include <pthread.h>

enum { THREADS = 4 };
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t handed_on = PTHREAD_COND_INITIALIZER;
static int number[THREADS + 1] = {7}, done;

static void *hand_on(void *arg)
{
    int me = (int)(long)arg;
    pthread_mutex_lock(&m);
#ifdef FIXED
    while (done != me)
        pthread_cond_wait(&handed_on, &m);
#endif
    number[me + 1] = number[me];
    done++;
    pthread_cond_broadcast(&handed_on);
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    pthread_t t[THREADS];
    for (long i = 0; i < THREADS; i++)
        pthread_create(&t[i], NULL, hand_on, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    assert(number[THREADS] == 7);
    return 0;
}
