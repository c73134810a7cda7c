// Two threads, two locks. Wrong: in opposite order. Fixed: in the same.
#include <pthread.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int number;

static void *both(pthread_mutex_t *first, pthread_mutex_t *second)
{
    pthread_mutex_lock(first);
    pthread_mutex_lock(second);
    number++;
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
    return NULL;
}

static void *forward(void *arg) { (void)arg; return both(&a, &b); }
static void *backward(void *arg)
{
    (void)arg;
#ifdef FIXED
    return both(&a, &b);
#else
    return both(&b, &a);
#endif
}

int main(void)
{
    pthread_t one, two;
    pthread_create(&one, NULL, forward, NULL);
    pthread_create(&two, NULL, backward, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return number != 2;
}
