// One thread pushes N values, another pops N times. Wrong: it pops as soon as anything was ever pushed,
// also when it has been popped since. Fixed: it looks at the height.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 3
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int values[N], height, pushed;

static void *push(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        assert(height < N);
        values[height++] = i;
        pushed = 1;
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *pop(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
#ifdef FIXED
        int something = height > 0;
#else
        int something = pushed;
#endif
        if (something) {
            assert(height > 0);
            height--;
        }
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, push, NULL);
    pthread_create(&b, NULL, pop, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return values[0] < 0;
}
