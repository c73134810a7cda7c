// expect: pass none; complete
#include <errno.h>
#include <pthread.h>

static _Thread_local int mine = 5;

static void *work(void *arg)
{
    errno = 7;
    mine += (int)(long)arg;
    return (void *)(long)(mine * 100 + errno);
}

int main(void)
{
    pthread_t a, b;
    void *ra, *rb;
    errno = 0;
    pthread_create(&a, NULL, work, (void *)1L);
    pthread_create(&b, NULL, work, (void *)2L);
    pthread_join(a, &ra);
    pthread_join(b, &rb);
    return (long)ra != 607 || (long)rb != 707 || mine != 5 || errno != 0;
}
