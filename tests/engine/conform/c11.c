// <threads.h>: what its calls answer.
#include <stdio.h>
#include <threads.h>
#include <time.h>

static mtx_t plain, recursive, timed;
static cnd_t c;
static tss_t key;
static once_flag once = ONCE_FLAG_INIT;
static const struct timespec past = {1, 0};

static void init(void) { puts("once"); }
static void gone(void *value) { printf("gone %s\n", (char *)value); }
static int work(void *arg)
{
    printf("busy %d", mtx_trylock(&plain) == thrd_busy);
    printf(" %d\n", mtx_timedlock(&timed, &past) == thrd_timedout);
    printf("equal %d\n", thrd_equal(thrd_current(), *(thrd_t *)arg) != 0);
    printf("set %d", tss_set(key, "value") == thrd_success);
    printf(" get %s\n", (char *)tss_get(key));
    call_once(&once, init);
    thrd_exit(-7);
}

int main(void)
{
    thrd_t t, me = thrd_current();
    int result = 0;
    printf("init %d", mtx_init(&plain, mtx_plain));
    printf(" %d", mtx_init(&recursive, mtx_plain | mtx_recursive));
    printf(" %d", mtx_init(&timed, mtx_timed));
    printf(" %d\n", cnd_init(&c));
    printf("lock %d", mtx_lock(&plain));
    printf(" %d", mtx_lock(&recursive));
    printf(" %d\n", mtx_lock(&timed));
    printf("again %d", mtx_trylock(&plain) == thrd_busy);
    printf(" %d\n", mtx_lock(&recursive));
    printf("key %d\n", tss_create(&key, gone));
    call_once(&once, init);
    printf("create %d", thrd_create(&t, work, &me));
    printf(" join %d", thrd_join(t, &result));
    printf(" result %d\n", result);
    printf("timed out %d\n", cnd_timedwait(&c, &plain, &past) == thrd_timedout);
    printf("signal %d", cnd_signal(&c));
    printf(" %d\n", cnd_broadcast(&c));
    printf("unlock %d", mtx_unlock(&plain));
    printf(" %d", mtx_unlock(&recursive));
    printf(" %d", mtx_unlock(&recursive));
    printf(" %d\n", mtx_unlock(&timed));
    printf("sleep %d", thrd_sleep(&(struct timespec){.tv_nsec = 1000}, NULL));
    printf(" bad %d\n", thrd_sleep(&(struct timespec){.tv_nsec = -5}, NULL));
    mtx_destroy(&plain);
    mtx_destroy(&recursive);
    mtx_destroy(&timed);
    cnd_destroy(&c);
    tss_delete(key);
    return 0;
}
