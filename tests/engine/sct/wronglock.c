// N threads add to a number under one lock, another thread under another lock. Fixed: it is the same one.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 3
#endif

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER, other = PTHREAD_MUTEX_INITIALIZER;
static int number;

static void *add(void *lock)
{
    pthread_mutex_lock(lock);
    number++;
    pthread_mutex_unlock(lock);
    return NULL;
}

static void *add_and_check(void *lock)
{
    pthread_mutex_lock(lock);
    int before = number;
    number++;
    assert(number == before + 1);
    pthread_mutex_unlock(lock);
    return NULL;
}

int main(void)
{
    pthread_t t[N + 1];
#ifdef FIXED
    pthread_create(&t[0], NULL, add_and_check, &one);
#else
    pthread_create(&t[0], NULL, add_and_check, &other);
#endif
    for (int i = 1; i <= N; i++)
        pthread_create(&t[i], NULL, add, &one);
    for (int i = 0; i <= N; i++)
        pthread_join(t[i], NULL);
    (void)other;
    return 0;
}
