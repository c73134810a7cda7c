// expect: deadlock deadlock_held; preemptions == 0
// It jumps with the lock in its hand.
#include <pthread.h>
#include <setjmp.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int failures;

static void step(jmp_buf out)
{
    pthread_mutex_lock(&m);
    failures++;
    longjmp(out, 1);
}

static void *work(void *arg)
{
    jmp_buf out;
    if (setjmp(out) == 0)
        step(out);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, work, NULL);
    pthread_create(&u, NULL, work, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return failures == 2 ? 0 : 1;
}
