// expect: pass none; complete
// Writing if nobody reads, else later.
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int value, skipped;

static void *write_it(void *arg)
{
    if (pthread_rwlock_trywrlock(&lock) == 0) {
        value++;
        pthread_rwlock_unlock(&lock);
    } else {
        skipped = 1;
    }
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
