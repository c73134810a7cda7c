// setjmp and longjmp within one function's life.
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

static void deep(jmp_buf env, int n)
{
    if (n == 0)
        longjmp(env, 5);
    deep(env, n - 1);
}

static void *work(void *arg)
{
    jmp_buf env;
    sigjmp_buf other;
    volatile int times = 0;
    int how = setjmp(env);
    times++;
    printf("%s %d %d\n", (char *)arg, how, times);
    if (how == 0)
        longjmp(env, 0);
    if (how == 1)
        deep(env, 3);
    how = sigsetjmp(other, 1);
    printf("%d\n", how);
    if (!how)
        siglongjmp(other, 9);
    return NULL;
}

int main(void)
{
    pthread_t t;
    work("main");
    pthread_create(&t, NULL, work, "thread");
    pthread_join(t, NULL);
    return 0;
}
