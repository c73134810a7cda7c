// expect: pass none; complete
// Each thread has a buffer of its own, freed when it ends.
#include <stdlib.h>
#include <threads.h>

static tss_t key;
static once_flag once = ONCE_FLAG_INIT;

static void make_key(void) { tss_create(&key, free); }

static int work(void *arg)
{
    call_once(&once, make_key);
    int *mine = malloc(sizeof *mine);
    *mine = *(int *)arg;
    tss_set(key, mine);
    return *(int *)tss_get(key);
}

int main(void)
{
    thrd_t t, u;
    int one = 1, two = 2, r, s;
    thrd_create(&t, work, &one);
    thrd_create(&u, work, &two);
    thrd_join(t, &r);
    thrd_join(u, &s);
    return r == 1 && s == 2 ? 0 : 1;
}
