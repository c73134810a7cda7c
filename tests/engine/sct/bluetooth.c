// A driver: one thread uses it, one stops it. Whoever uses it counts itself in; who counts the last out
// tells the stopper. Wrong: the user looks whether it is being stopped before it counts itself in.
// Fixed: after.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_int users = 1;
static atomic_bool stopping, nobody, stopped;

static void count_out(void)
{
    if (atomic_fetch_sub(&users, 1) == 1)
        nobody = true;
}

static bool count_in(void)
{
#ifdef FIXED
    atomic_fetch_add(&users, 1);
    if (!stopping)
        return true;
    count_out();
    return false;
#else
    if (stopping)
        return false;
    atomic_fetch_add(&users, 1);
    return true;
#endif
}

static void *use(void *arg)
{
    if (!count_in())
        return arg;
    assert(!stopped);
    count_out();
    return arg;
}

static void *stop(void *arg)
{
    stopping = true;
    count_out();
    if (nobody)
        stopped = true;
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, use, NULL);
    pthread_create(&b, NULL, stop, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
