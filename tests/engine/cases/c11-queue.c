// expect: pass none; complete
#include <threads.h>

static mtx_t m;
static cnd_t some;
static int items, taken;

static int take(void *arg)
{
    mtx_lock(&m);
    while (items == 0)
        cnd_wait(&some, &m);
    items--;
    taken++;
    mtx_unlock(&m);
    return arg ? 7 : -7;
}

int main(void)
{
    thrd_t a, b;
    int ra, rb;
    if (mtx_init(&m, mtx_plain) != thrd_success || cnd_init(&some) != thrd_success)
        return 1;
    thrd_create(&a, take, NULL);
    thrd_create(&b, take, &items);
    mtx_lock(&m);
    items = 2;
    cnd_broadcast(&some);
    mtx_unlock(&m);
    thrd_join(a, &ra);
    thrd_join(b, &rb);
    cnd_destroy(&some);
    mtx_destroy(&m);
    return ra != -7 || rb != 7 || taken != 2;
}
