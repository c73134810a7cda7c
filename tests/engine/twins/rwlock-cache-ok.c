// expect: pass none; complete
// A cache: many read it, one fills it.
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int cache;

static int lookup(void)
{
    pthread_rwlock_rdlock(&lock);
    int found = cache;
    pthread_rwlock_unlock(&lock);
    return found;
}

static void *use(void *arg)
{
    if (lookup() == 0) {
        pthread_rwlock_wrlock(&lock);
        if (cache == 0)
            cache = 42;
        pthread_rwlock_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, use, NULL);
    pthread_create(&u, NULL, use, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return lookup() == 42 ? 0 : 1;
}
