// expect: pass none; complete
#include <errno.h>
#include <pthread.h>
#include <sched.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static int n;

static void *work(void *arg)
{
    while (pthread_rwlock_trywrlock(&l) == EBUSY)
        sched_yield();
    n++;
    pthread_rwlock_unlock(&l);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_rwlock_rdlock(&l);
    int seen = n;
    pthread_rwlock_unlock(&l);
    pthread_join(t, NULL);
    return seen + n > 2;
}
