// Threads: results, names, attributes, joining in time.
#define _GNU_SOURCE
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static sem_t go;
static void *wait_for_it(void *arg)
{
    sem_wait(&go);
    pthread_exit(arg);
}

static void attributes(void)
{
    pthread_attr_t a;
    size_t size = 0;
    void *stack;
    int value = -1;
    struct sched_param p = {.sched_priority = 1};
    printf("init %d", pthread_attr_init(&a));
    printf(" state %d", pthread_attr_getdetachstate(&a, &value));
    printf(" %d", value);
    printf(" bad %d", pthread_attr_setdetachstate(&a, 7));
    printf(" guard %d", pthread_attr_getguardsize(&a, &size));
    printf(" %zu", size);
    printf(" small stack %d", pthread_attr_setstacksize(&a, 100));
    printf(" stack %d", pthread_attr_setstacksize(&a, 65536));
    printf(" told %d", pthread_attr_getstacksize(&a, &size));
    printf(" %zu\n", size);
    printf("scope %d", pthread_attr_getscope(&a, &value));
    printf(" %d", value == PTHREAD_SCOPE_SYSTEM);
    printf(" bad %d", pthread_attr_setscope(&a, 77));
    printf(" process %d", pthread_attr_setscope(&a, PTHREAD_SCOPE_PROCESS));
    printf(" inherit %d", pthread_attr_getinheritsched(&a, &value));
    printf(" %d", value == PTHREAD_INHERIT_SCHED);
    printf(" bad %d", pthread_attr_setinheritsched(&a, 5));
    printf(" policy %d", pthread_attr_getschedpolicy(&a, &value));
    printf(" %d", value);
    printf(" bad %d", pthread_attr_setschedpolicy(&a, 66));
    printf(" parameter %d", pthread_attr_getschedparam(&a, &p));
    printf(" %d", p.sched_priority);
    printf(" small stack %d", pthread_attr_setstack(&a, &stack, 10));
    printf(" destroy %d\n", pthread_attr_destroy(&a));
}

int main(void)
{
    pthread_t t;
    void *result = NULL;
    char name[32] = "";
    int x, policy = -1, state = -1;
    struct timespec past = {1, 0};
    struct sched_param p = {.sched_priority = 5};
    pthread_attr_t a;
    attributes();
    sem_init(&go, 0, 0);
    pthread_create(&t, NULL, wait_for_it, &x);
    printf("equal %d", pthread_equal(t, pthread_self()) != 0);
    printf(" %d\n", pthread_equal(t, t) != 0);
    printf("name %d", pthread_setname_np(t, "worker"));
    printf(" long %d", pthread_setname_np(t, "a name that is much too long"));
    printf(" told %d", pthread_getname_np(t, name, sizeof name));
    printf(" %s", name);
    printf(" small %d\n", pthread_getname_np(t, name, 3));
    printf("try %d", pthread_tryjoin_np(t, &result));
    printf(" timed %d", pthread_timedjoin_np(t, &result, &past));
    printf(" clock %d\n", pthread_clockjoin_np(t, &result, CLOCK_MONOTONIC, &past));
    printf("kill 0: %d", pthread_kill(t, 0));
    printf(" bad: %d\n", pthread_kill(t, 1000));
    printf("param %d", pthread_getschedparam(t, &policy, &p));
    printf(" %d", policy);
    printf(" %d", p.sched_priority);
    p.sched_priority = 5;
    printf(" bad %d", pthread_setschedparam(t, SCHED_OTHER, &p));
    printf(" %d\n", pthread_setschedparam(t, 99, &p));
    printf("getattr %d", pthread_getattr_np(t, &a));
    printf(" %d", pthread_attr_getdetachstate(&a, &state));
    printf(" %d", state == PTHREAD_CREATE_JOINABLE);
    printf(" %d\n", pthread_attr_destroy(&a));
    printf("concurrency %d", pthread_getconcurrency());
    printf(" %d", pthread_setconcurrency(3));
    printf(" %d\n", pthread_getconcurrency());
    sem_post(&go);
    printf("join %d", pthread_join(t, &result));
    printf(" result %d\n", result == &x);
    return 0;
}
