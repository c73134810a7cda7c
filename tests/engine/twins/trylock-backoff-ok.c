// expect: pass none; complete
// Two locks in opposite orders, with trylock and a step back.
#include <pthread.h>
#include <sched.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int both;

static void lock_both(pthread_mutex_t *a, pthread_mutex_t *b)
{
    for (;;) {
        pthread_mutex_lock(a);
        if (pthread_mutex_trylock(b) == 0)
            return;
        pthread_mutex_unlock(a);
        sched_yield();
    }
}

static void *first(void *arg)
{
    lock_both(&left, &right);
    both++;
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return arg;
}

static void *second(void *arg)
{
    lock_both(&right, &left);
    both++;
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return both == 2 ? 0 : 1;
}
