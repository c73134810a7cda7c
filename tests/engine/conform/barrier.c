// Barriers and spin locks.
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t b;
static pthread_spinlock_t s;

static void *come(void *arg)
{
    int r = pthread_barrier_wait(&b);
    *(int *)arg = r == PTHREAD_BARRIER_SERIAL_THREAD ? 10 : r;
    return NULL;
}
static void *try(void *arg)
{
    printf("try %d\n", pthread_spin_trylock(&s));
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_barrierattr_t a;
    int x = -1, y = -1, shared = -1;
    printf("attr %d", pthread_barrierattr_init(&a));
    printf(" shared %d", pthread_barrierattr_getpshared(&a, &shared));
    printf(" %d", shared);
    printf(" bad %d", pthread_barrierattr_setpshared(&a, 3));
    printf(" destroy %d\n", pthread_barrierattr_destroy(&a));
    printf("nobody %d", pthread_barrier_init(&b, NULL, 0));
    printf(" two %d\n", pthread_barrier_init(&b, NULL, 2));
    pthread_create(&t, NULL, come, &x);
    pthread_create(&u, NULL, come, &y);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    printf("one of them: %d\n", x + y);
    printf("destroy %d\n", pthread_barrier_destroy(&b));
    printf("one %d", pthread_barrier_init(&b, NULL, 1));
    printf(" serial %d", pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD);
    printf(" destroy %d\n", pthread_barrier_destroy(&b));
    printf("spin %d", pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE));
    printf(" lock %d\n", pthread_spin_lock(&s));
    pthread_create(&t, NULL, try, NULL);
    pthread_join(t, NULL);
    printf("unlock %d", pthread_spin_unlock(&s));
    printf(" try %d", pthread_spin_trylock(&s));
    printf(" unlock %d", pthread_spin_unlock(&s));
    printf(" destroy %d\n", pthread_spin_destroy(&s));
    return 0;
}
