// N setters write two variables, one checker must never see half of it. Wrong: nothing holds the two
// writes together. Fixed: a lock does.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 2
#endif

static int a, b;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void enter(void)
{
#ifdef FIXED
    pthread_mutex_lock(&m);
#endif
}

static void leave(void)
{
#ifdef FIXED
    pthread_mutex_unlock(&m);
#endif
}

static void *set(void *arg)
{
    enter();
    a = 1;
    b = -1;
    leave();
    return arg;
}

static void *check(void *arg)
{
    enter();
    int x = a, y = b;
    leave();
    assert((x == 0 && y == 0) || (x == 1 && y == -1));
    return arg;
}

int main(void)
{
    pthread_t t[N + 1];
    (void)m;
    for (int i = 0; i < N; i++)
        pthread_create(&t[i], NULL, set, NULL);
    pthread_create(&t[N], NULL, check, NULL);
    for (int i = 0; i <= N; i++)
        pthread_join(t[i], NULL);
    return 0;
}
