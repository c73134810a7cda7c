// expect: pass none; complete
// What the calls answer.
#include <assert.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

static tss_t key;
static once_flag once = ONCE_FLAG_INIT;
static int made;
static mtx_t m, timed, again;
static cnd_t c;

static void make(void)
{
    made++;
    tss_create(&key, free);
}

static int busy(void *arg)
{
    call_once(&once, make);
    tss_set(key, malloc(4));
    assert(thrd_equal(thrd_current(), *(thrd_t *)arg));
    struct timespec past = {0, 0};
    int r = mtx_trylock(&m) * 10 + mtx_timedlock(&timed, &past);
    if (tss_get(key))
        thrd_exit(r);
    return -1;
}

int main(void)
{
    thrd_t t;
    int r;
    struct timespec past = {0, 0}, odd = {-1, 0}, moment = {0, 1000000};
    mtx_init(&m, mtx_plain);
    mtx_init(&timed, mtx_timed);
    assert(mtx_init(&again, mtx_plain | mtx_recursive) == thrd_success);
    assert(mtx_init(&again, 64) == thrd_error);
    cnd_init(&c);
    assert(mtx_lock(&m) == thrd_success && mtx_lock(&timed) == thrd_success);
    assert(mtx_lock(&again) == thrd_success && mtx_trylock(&again) == thrd_success);
    assert(mtx_unlock(&again) == thrd_success && mtx_unlock(&again) == thrd_success);
    assert(cnd_timedwait(&c, &m, &past) == thrd_timedout);
    assert(cnd_signal(&c) == thrd_success);
    assert(thrd_sleep(&moment, NULL) == 0 && thrd_sleep(&odd, NULL) < 0);
    thrd_create(&t, busy, &t);
    assert(thrd_join(t, &r) == thrd_success);
    assert(r == thrd_busy * 10 + thrd_timedout);
    call_once(&once, make);
    assert(made == 1 && tss_get(key) == NULL);
    tss_delete(key);
    mtx_unlock(&m);
    mtx_unlock(&timed);
    thrd_yield();
    return 0;
}
