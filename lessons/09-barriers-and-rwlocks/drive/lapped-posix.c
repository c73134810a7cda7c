/* The same two rounds with the barrier of POSIX. */
#include <pthread.h>

static pthread_barrier_t barrier;
static int done_a, done_b; /* rounds that A and B have left */

void *a(void *arg)
{
    pthread_barrier_wait(&barrier);
    done_a = 1;
    pthread_barrier_wait(&barrier);
    done_a = 2;
    return arg;
}

void *b(void *arg)
{
    pthread_barrier_wait(&barrier);
    done_b = 1;
    pthread_barrier_wait(&barrier);
    done_b = 2;
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&t, NULL, a, NULL);
    pthread_create(&u, NULL, b, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
