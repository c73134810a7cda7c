// expect: pass
// What takes two preemptions is not looked for where the test says that one is enough; see preemptions-too-few.c.
#ifndef ENOUGH
#define ENOUGH 1
#endif
#include <assert.h>
#include <lab/check.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int a, b;

static void *one(void *arg)
{
    atomic_store(&a, 1);
    assert(atomic_load(&b) != 1 || atomic_load(&a) != 2);
    return arg;
}

static void *two(void *arg)
{
    atomic_store(&b, 1);
    atomic_store(&a, 2);
    atomic_store(&a, 3);
    return arg;
}

int main(void)
{
    pthread_t s, t;
    lab_preemptions(ENOUGH);
    pthread_create(&s, NULL, one, NULL);
    pthread_create(&t, NULL, two, NULL);
    pthread_join(s, NULL);
    pthread_join(t, NULL);
    return 0;
}
