// expect: deadlock deadlock_cycle; preemptions == 1; switches == 2
// Three threads, any two of which can deadlock: the first failing schedule that is found runs the third one
// in between; the one to tell leaves it out.
#include <pthread.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void both(pthread_mutex_t *first, pthread_mutex_t *second)
{
    pthread_mutex_lock(first);
    pthread_mutex_lock(second);
    x++;
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
}

static void *there(void *arg)
{
    both(&a, &b);
    return arg;
}

static void *back(void *arg)
{
    both(&b, &a);
    return arg;
}

int main(void)
{
    pthread_t t[4];
    pthread_create(&t[0], NULL, there, NULL);
    pthread_create(&t[1], NULL, there, NULL);
    pthread_create(&t[2], NULL, there, NULL);
    pthread_create(&t[3], NULL, back, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    return 0;
}
