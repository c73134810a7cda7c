// expect: misuse unlock_not_owner; preemptions == 1
// What trywrlock answered is not looked at.
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int value, skipped;

static void *write_it(void *arg)
{
    pthread_rwlock_trywrlock(&lock);
    skipped = 1;
    pthread_rwlock_unlock(&lock);
    return arg;
}

static void *read_it(void *arg)
{
    pthread_rwlock_rdlock(&lock);
    int seen = value;
    pthread_rwlock_unlock(&lock);
    return seen > 1 ? arg : NULL;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, write_it, NULL);
    pthread_create(&u, NULL, read_it, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return value + skipped == 1 ? 0 : 1;
}
