// expect: pass none; complete
// A lock from atomic_flag.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_flag lock = ATOMIC_FLAG_INIT;
static int total;

static void take(void)
{
    while (atomic_flag_test_and_set_explicit(&lock, memory_order_acquire))
        ;
}

static void give(void) { atomic_flag_clear_explicit(&lock, memory_order_release); }

static void *add(void *arg)
{
    take();
    total += *(int *)arg;
    give();
    return NULL;
}

static void *show(void *arg)
{
    take();
    int now = total;
    give();
    printf("so far %d\n", now);
    return arg;
}

int main(void)
{
    int three = 3, four = 4;
    pthread_t t[3];
    pthread_create(&t[0], NULL, add, &three);
    pthread_create(&t[1], NULL, add, &four);
    pthread_create(&t[2], NULL, show, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return total == 7 ? 0 : 1;
}
