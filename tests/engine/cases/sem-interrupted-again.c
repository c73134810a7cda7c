// expect: pass; complete
// aarch64: pass|unjudged
// Two that wait, two interrupts: either may meet both.
#include <errno.h>
#include <lab/check.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static sem_t a, b;
static int met;

static void take(sem_t *s)
{
    struct timespec never = {4000000000, 0};
    while (sem_timedwait(s, &never) != 0)
        met += errno == EINTR;
}

static void *other(void *arg)
{
    while (sem_wait(&b) != 0)
        lab_check(errno == EINTR, "another error than EINTR");
    sem_post(&a);
    return arg;
}

SCENARIO(again, "both go on waiting", "", "")
{
    pthread_t t;
    lab_interrupts(2);
    sem_init(&a, 0, 0);
    sem_init(&b, 0, 1);
    pthread_create(&t, NULL, other, NULL);
    take(&a);
    pthread_join(t, NULL);
    lab_possible("wrong", met == 2, "main meets both");
    lab_possible("wrong", met == 0, "main meets none");
    lab_check(met <= 2, "main met %d", met);
}
