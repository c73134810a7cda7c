// expect: race data_race
// One side is atomic, the other reads the same memory plainly: that orders nothing.
#include <pthread.h>

static int done, result;

static void *work(void *arg)
{
    result = 42;
    __atomic_store_n(&done, 1, __ATOMIC_SEQ_CST);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    int early = done;
    pthread_join(t, NULL);
    return early > 1 || result != 42;
}
