// expect: race data_race
// Two readers count their visits: a read lock keeps out no other reader.
#include <pthread.h>

static pthread_rwlock_t l;
static int visits;

static void *reader(void *arg)
{
    pthread_rwlock_rdlock(&l);
    visits++;
    pthread_rwlock_unlock(&l);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_rwlock_init(&l, NULL);
    pthread_create(&a, NULL, reader, NULL);
    pthread_create(&b, NULL, reader, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_rwlock_destroy(&l);
    return 0;
}
