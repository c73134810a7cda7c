// expect: race data_race
#include <threads.h>

static int n;

static int work(void *arg)
{
    (void)arg;
    n++;
    return 0;
}

int main(void)
{
    thrd_t a, b;
    thrd_create(&a, work, NULL);
    thrd_create(&b, work, NULL);
    thrd_join(a, NULL);
    thrd_join(b, NULL);
    return 0;
}
