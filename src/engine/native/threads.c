/* threads: making, joining and ending real threads, and sleeping in them.
 *
 * Each call logs before it may block and after it came back, so a thread that never comes back
 * shows what it waits for.
 */
#include "engine/native/native.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- making and ending ------------------------------------------------------ */

struct beginning {
    struct native_thread *thread;
    void *(*start)(void *);
    void *arg;
};

/* Lanes are numbered in order of creation: one creator at a time. */
static pthread_mutex_t create_lock = PTHREAD_MUTEX_INITIALIZER;

static void thread_over(void)
{
    struct native_thread *t = lanes_self();
    if (t && t->number != 0)
        scenario_thread_ended();
    lanes_thread_end();
}

static void *trampoline(void *p)
{
    struct beginning b = *(struct beginning *)p;
    free(p);
    lanes_thread_start(b.thread);
    void *result = b.start(b.arg);
    thread_over();
    return result;
}

static int thread_make(pthread_t *id, const pthread_attr_t *attr, struct beginning *b)
{
    pthread_mutex_lock(&create_lock);
    struct native_thread *t = b->thread = lanes_thread_new();
    int error = EAGAIN;
    if (t) {
        lanes_event(LANE_CREATE, t->number, 0);
        scenario_thread_count(1);
        error = pthread_create(id, attr, trampoline, b); /* `b` belongs to the thread now */
        if (error)
            scenario_thread_count(-1);
        lanes_thread_made(t, error == 0, error ? 0 : *id);
    }
    pthread_mutex_unlock(&create_lock);
    return error;
}

EXPORT int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *attr, void *(*start)(void *), void *arg)
{
    int error = scenario_create_fault();
    if (error)
        return error;
    struct beginning *b = malloc(sizeof *b);
    if (!b)
        return EAGAIN;
    *b = (struct beginning){.start = start, .arg = arg};
    error = thread_make(id, attr, b);
    if (error)
        free(b);
    return error;
}

EXPORT int __wrap_pthread_join(pthread_t id, void **result)
{
    uint64_t number = lanes_number_of(id);
    lanes_event(LANE_JOIN, number, 0);
    int error = pthread_join(id, result);
    lanes_event(LANE_JOINED, number, (uint32_t)error);
    if (error == 0) {
        lanes_joined(number);
        scenario_thread_joined();
    }
    return error;
}

EXPORT _Noreturn void __wrap_pthread_exit(void *result)
{
    thread_over();
    pthread_exit(result);
}

void threads_hold(bool hold)
{
    if (hold)
        pthread_mutex_lock(&create_lock);
    else
        pthread_mutex_unlock(&create_lock);
}

/* Deprecated in new libcs, but learners meet it in old books. */
EXPORT int __wrap_pthread_yield(void) { return sched_yield(); }

/* ---- sleep ------------------------------------------------------------------------ */

EXPORT unsigned __wrap_sleep(unsigned seconds)
{
    lanes_event(LANE_SLEEP, seconds * UINT64_C(1000000000), 0);
    unsigned left = sleep(seconds);
    lanes_event(LANE_AWAKE, 0, 0);
    return left;
}

EXPORT int __wrap_usleep(useconds_t us)
{
    lanes_event(LANE_SLEEP, us * UINT64_C(1000), 0);
    int r = usleep(us);
    lanes_event(LANE_AWAKE, 0, 0);
    return r;
}

static uint64_t span_ns(const struct timespec *t)
{
    return t ? (uint64_t)t->tv_sec * UINT64_C(1000000000) + (uint64_t)t->tv_nsec : 0;
}

EXPORT int __wrap_nanosleep(const struct timespec *span, struct timespec *left)
{
    lanes_event(LANE_SLEEP, span_ns(span), 0);
    int r = nanosleep(span, left);
    lanes_event(LANE_AWAKE, 0, 0);
    return r;
}

/* How long a sleep until, or for, `t` is going to be. */
static uint64_t wanted_ns(clockid_t clock, int flags, const struct timespec *t)
{
    struct timespec now;
    if (!(flags & TIMER_ABSTIME) || clock_gettime(clock, &now) != 0)
        return span_ns(t);
    return span_ns(t) > span_ns(&now) ? span_ns(t) - span_ns(&now) : 0;
}

EXPORT int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *t, struct timespec *left)
{
    lanes_event(LANE_SLEEP, wanted_ns(clock, flags, t), 0);
    int error = clock_nanosleep(clock, flags, t, left);
    lanes_event(LANE_AWAKE, 0, 0);
    return error;
}

/* ---- the end of the program ---------------------------------------------------------- */

/* Only the thread that ends the program ends its lane: the others are killed, and look so. */
_Noreturn void native_exit(int status)
{
    lanes_thread_end();
    exit(status);
}

EXPORT _Noreturn void __wrap_exit(int status) { native_exit(status); }

EXPORT _Noreturn void __wrap__exit(int status)
{
    lanes_thread_end();
    _exit(status);
}

EXPORT _Noreturn void __wrap__Exit(int status) { __wrap__exit(status); }

EXPORT _Noreturn void __wrap_quick_exit(int status)
{
    lanes_thread_end();
    quick_exit(status);
}
