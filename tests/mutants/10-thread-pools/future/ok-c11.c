/* ok: the threads of C11, and their clock */
#define _GNU_SOURCE
#include "future.h"
#include <errno.h>
#include <threads.h>
#include <stdlib.h>
#include <time.h>
struct future {
    mtx_t l;
    cnd_t c;
    bool done;
    void *val;
    int err;
};
future_t *future_new(void)
{
    future_t *f = calloc(1, sizeof *f);
    mtx_init(&f->l, mtx_timed);
    cnd_init(&f->c);
    return f;
}
int future_set(future_t *f, void *val, int err)
{
    int r = EALREADY;
    mtx_lock(&f->l);
    if (!f->done) {
        f->val = val;
        f->err = err;
        f->done = true;
        r = 0;
    }
    mtx_unlock(&f->l);
    if (!r)
        cnd_broadcast(&f->c);
    return r;
}
int future_get(future_t *f, void **val)
{
    mtx_lock(&f->l);
    while (!f->done)
        cnd_wait(&f->c, &f->l);
    void *v = f->val;
    int e = f->err;
    mtx_unlock(&f->l);
    if (val)
        *val = v;
    return e;
}
bool future_done(future_t *f)
{
    mtx_lock(&f->l);
    bool d = f->done;
    mtx_unlock(&f->l);
    return d;
}
bool future_wait_ms(future_t *f, int ms)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000L;
    }
    mtx_lock(&f->l);
    while (!f->done)
        if (cnd_timedwait(&f->c, &f->l, &t) == thrd_timedout)
            break;
    bool d = f->done;
    mtx_unlock(&f->l);
    return d;
}
void future_free(future_t *f)
{
    cnd_destroy(&f->c);
    mtx_destroy(&f->l);
    free(f);
}
