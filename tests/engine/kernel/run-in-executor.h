/* run-in-executor: a blocking job on a thread, its result back by an eventfd. WRONG 1: rings before it stores; 2: runs the
 * job on the loop's thread. */
#include <lab/check.h>
#include <lab/loop.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <time.h>

#ifndef WRONG
#define WRONG 0
#endif

struct offload {
    pthread_t thread;
    pthread_mutex_t lock;
    int bell, stored, result, at, got;
};

static void ring(struct offload *o)
{
    uint64_t one = 1;
    if (write(o->bell, &one, sizeof one) != sizeof one)
        abort();
}

static void *work(void *arg)
{
    struct offload *o = arg;
    nanosleep(&(struct timespec){3, 0}, NULL);
    if (WRONG == 1)
        ring(o);
    pthread_mutex_lock(&o->lock);
    o->result = 42;
    o->stored = 1;
    pthread_mutex_unlock(&o->lock);
    if (WRONG != 1)
        ring(o);
    return NULL;
}

static int offload_step(loop_t *l, void *co)
{
    struct offload *o = co;
    uint64_t rings;
    if (o->at++ == 0) {
        if (WRONG == 2)
            work(o);
        else
            pthread_create(&o->thread, NULL, work, o);
        return co_wait_fd(l, o->bell, POLLIN);
    }
    if (read(o->bell, &rings, sizeof rings) != sizeof rings)
        abort();
    pthread_mutex_lock(&o->lock);
    int stored = o->stored;
    o->got = o->result;
    pthread_mutex_unlock(&o->lock);
    return stored ? CO_DONE : co_wait_fd(l, o->bell, POLLIN);
}

SCENARIO(one, "a job of 3 s, and the loop goes on", "M45", "15.8")
{
    loop_t *l = loop_new();
    struct offload o = {.lock = PTHREAD_MUTEX_INITIALIZER, .bell = eventfd(0, 0)};
    loop_spawn(l, offload_step, &o);
    lab_loop(1, 500);
    loop_run(l);
    lab_loop(-1, 0);
    loop_free(l);
    lab_check(o.got == 42, "the result is %d", o.got);
    if (WRONG != 2)
        pthread_join(o.thread, NULL);
    close(o.bell);
}
