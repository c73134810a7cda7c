// Reader-writer locks: who gets in.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static const struct timespec past = {1, 0}, odd = {0, -1};

static void *other(void *what)
{
    printf("%s", (char *)what);
    printf(": read %d", pthread_rwlock_tryrdlock(&l) ? 1 : pthread_rwlock_unlock(&l));
    printf(" write %d", pthread_rwlock_trywrlock(&l));
    printf(" timed write %d", pthread_rwlock_timedwrlock(&l, &past));
    printf(" clock write %d\n", pthread_rwlock_clockwrlock(&l, CLOCK_MONOTONIC, &past));
    return NULL;
}

static void ask(char *what)
{
    pthread_t t;
    pthread_create(&t, NULL, other, what);
    pthread_join(t, NULL);
}

static void *reads(void *arg)
{
    printf("timed read %d", pthread_rwlock_timedrdlock(&l, &past));
    printf(" odd %d\n", pthread_rwlock_clockrdlock(&l, CLOCK_MONOTONIC, &odd));
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_rwlockattr_t a;
    int value = -1;
    printf("attr %d", pthread_rwlockattr_init(&a));
    printf(" kind %d", pthread_rwlockattr_getkind_np(&a, &value));
    printf(" %d", value);
    printf(" set %d", pthread_rwlockattr_setkind_np(&a, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP));
    printf(" bad %d", pthread_rwlockattr_setkind_np(&a, 9));
    printf(" shared %d", pthread_rwlockattr_setpshared(&a, 0));
    printf(" bad %d\n", pthread_rwlockattr_setpshared(&a, 4));
    printf("read %d", pthread_rwlock_rdlock(&l));
    printf(" again %d\n", pthread_rwlock_tryrdlock(&l));
    ask("two readers");
    printf("unlock %d", pthread_rwlock_unlock(&l));
    printf(" %d\n", pthread_rwlock_unlock(&l));
    printf("write %d", pthread_rwlock_wrlock(&l));
    printf(" try %d", pthread_rwlock_trywrlock(&l));
    printf(" %d\n", pthread_rwlock_tryrdlock(&l));
    ask("a writer");
    pthread_create(&t, NULL, reads, NULL);
    pthread_join(t, NULL);
    printf("unlock %d", pthread_rwlock_unlock(&l));
    printf(" destroy %d\n", pthread_rwlock_destroy(&l));
    printf("init %d", pthread_rwlock_init(&l, &a));
    printf(" destroy %d", pthread_rwlock_destroy(&l));
    printf(" %d\n", pthread_rwlockattr_destroy(&a));
    return 0;
}
