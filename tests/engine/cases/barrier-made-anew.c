// expect: pass none; complete
// The last to come makes the barrier anew while the others are still on their way out.
#include <pthread.h>

static pthread_barrier_t b;
static int before, after;

static void *work(void *arg)
{
    if (pthread_barrier_wait(&b) != PTHREAD_BARRIER_SERIAL_THREAD)
        return before == 1 ? NULL : (void *)1;
    pthread_barrier_destroy(&b);
    pthread_barrier_init(&b, NULL, 1);
    after = 1;
    pthread_barrier_wait(&b);
    return arg;
}

int main(void)
{
    pthread_t t;
    void *r;
    before = 1;
    pthread_barrier_init(&b, NULL, 2);
    pthread_create(&t, NULL, work, NULL);
    work(NULL);
    pthread_join(t, &r);
    return r || after != 1;
}
