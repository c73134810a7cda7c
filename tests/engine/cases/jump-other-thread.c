// expect: misuse rule
// longjmp to a place that another thread set.
#include <pthread.h>
#include <setjmp.h>

static jmp_buf env;

static void *jump(void *arg)
{
    longjmp(env, 1);
    return arg;
}

int main(void)
{
    pthread_t t;
    if (setjmp(env))
        return 1;
    pthread_create(&t, NULL, jump, NULL);
    pthread_join(t, NULL);
    return 0;
}
