/* The same move, and now the boss takes the lock as well. */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; /* protects: a, b */
static int a = 50, b = 50;                            /* outside the lock a + b is 100 */
static int counted = 100;

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
    pthread_mutex_lock(&m);
    int here = a;
    int there = b;
    pthread_mutex_unlock(&m);
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
