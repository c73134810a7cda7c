// expect: pass none; complete
// A ticket lock from __atomic built-ins.
#include <pthread.h>
#include <stdio.h>

static struct {
    unsigned next, serving;
} lock;

static int shared;

static void acquire(void)
{
    unsigned mine = __atomic_fetch_add(&lock.next, 1, __ATOMIC_RELAXED);
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
