/* Ten cups move from shelf a to shelf b, under a lock. The boss counts both, without it. */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; /* protects: a, b */
static int a = 50, b = 50;                            /* a + b is always 100. Always? */
static int counted;

void *move(void *arg)
{
    pthread_mutex_lock(&m);
    a -= 10; // read a, write a
    b += 10; // read b, write b
    pthread_mutex_unlock(&m);
    return arg;
}

void *count(void *arg)
{
    int here = a;
    int there = b;
    counted = here + there;
    return arg;
}

int main(void)
{
    pthread_t t, r;
    pthread_create(&t, NULL, move, NULL);
    pthread_create(&r, NULL, count, NULL);
    pthread_join(t, NULL);
    pthread_join(r, NULL);
    return 0;
}
