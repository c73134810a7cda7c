// expect: pass none; complete
// A counter in every thread, added up once.
#include <threads.h>

static thread_local int count;
static mtx_t m;
static int total;

static int work(void *arg)
{
    count += 2;
    mtx_lock(&m);
    total += count;
    mtx_unlock(&m);
    return arg != NULL;
}

int main(void)
{
    thrd_t t, u;
    mtx_init(&m, mtx_plain);
    thrd_create(&t, work, NULL);
    thrd_create(&u, work, NULL);
    thrd_join(t, NULL);
    thrd_join(u, NULL);
    mtx_destroy(&m);
    return total == 4 ? 0 : 1;
}
