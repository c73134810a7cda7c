// expect: pass none; complete
// A function that locks calls another one that locks: a recursive mtx_t.
#include <threads.h>

static mtx_t m;
static int steps;

static void step(void)
{
    mtx_lock(&m);
    steps++;
    mtx_unlock(&m);
}

static int work(void *arg)
{
    mtx_lock(&m);
    step();
    step();
    mtx_unlock(&m);
    return arg != NULL;
}

int main(void)
{
    thrd_t t, u;
    mtx_init(&m, mtx_plain | mtx_recursive);
    thrd_create(&t, work, NULL);
    thrd_create(&u, work, NULL);
    thrd_join(t, NULL);
    thrd_join(u, NULL);
    return steps == 4 ? 0 : 1;
}
