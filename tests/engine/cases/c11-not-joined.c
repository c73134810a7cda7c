// expect: leak
#include <threads.h>

static int work(void *arg)
{
    (void)arg;
    return 0;
}

int main(void)
{
    thrd_t t;
    thrd_create(&t, work, NULL);
    return 0;
}
