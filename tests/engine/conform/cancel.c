// Cancellation: states, handlers, results.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t go, never;
static void say(void *what) { printf("handler %s\n", (char *)what); }

static void *waits(void *arg)
{
    int old = -1;
    printf("disable %d", pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old));
    printf(" was %d", old == PTHREAD_CANCEL_ENABLE);
    printf(" bad %d\n", pthread_setcancelstate(99, &old));
    sem_wait(&go);
    pthread_testcancel();
    printf("still here\n");
    pthread_cleanup_push(say, "outer");
    pthread_cleanup_push(say, "inner");
    printf("enable %d", pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old));
    printf(" was %d\n", old == PTHREAD_CANCEL_DISABLE);
    sem_wait(&never);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return arg;
}

static void *pops(void *arg)
{
    pthread_cleanup_push(say, "not called");
    pthread_cleanup_pop(0);
    pthread_cleanup_push(say, "called");
    pthread_cleanup_pop(1);
    pthread_cleanup_push(say, "at exit");
    pthread_exit(arg);
    pthread_cleanup_pop(0);
}

int main(void)
{
    pthread_t t;
    void *result;
    int x, old = -1;
    sem_init(&go, 0, 0);
    sem_init(&never, 0, 0);
    printf("type %d", pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old));
    printf(" was %d", old == PTHREAD_CANCEL_DEFERRED);
    printf(" bad %d\n", pthread_setcanceltype(12, &old));
    pthread_create(&t, NULL, waits, NULL);
    printf("cancel %d\n", pthread_cancel(t));
    sem_post(&go);
    pthread_join(t, &result);
    printf("cancelled %d\n", result == PTHREAD_CANCELED);
    pthread_create(&t, NULL, pops, &x);
    pthread_join(t, &result);
    printf("ended %d\n", result == &x);
    return 0;
}
