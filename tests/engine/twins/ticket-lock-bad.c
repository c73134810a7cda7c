// expect: spin|deadlock
// The ticket is taken in two steps: two threads draw the same one.
#include <pthread.h>
#include <stdio.h>

static struct {
    unsigned next, serving;
} lock;

static int shared;

static void acquire(void)
{
    unsigned mine = __atomic_load_n(&lock.next, __ATOMIC_RELAXED);
    __atomic_store_n(&lock.next, mine + 1, __ATOMIC_RELAXED);
    static int once;
    (void)once;
    while (__atomic_load_n(&lock.serving, __ATOMIC_ACQUIRE) != mine)
        ;
}

static void release(void)
{
    unsigned now = __atomic_load_n(&lock.serving, __ATOMIC_RELAXED);
    __atomic_store_n(&lock.serving, now + 1, __ATOMIC_RELEASE);
}

static void *work(void *arg)
{
    acquire();
    shared += 1;
    release();
    return arg;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, work, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", shared);
    return shared != 2;
}
