// expect: pass none; complete
// Polling until it has ended; whatever it answers, the thread is joined once.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>

static int done;
static void *work(void *arg)
{
    done = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    while (pthread_tryjoin_np(t, NULL) == EBUSY)
        sched_yield();
    return done ? 0 : 1;
}
