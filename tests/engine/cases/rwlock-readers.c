// expect: pass none; complete
#include <pthread.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static int left = 10, right = 10;

static void *reader(void *arg)
{
    pthread_rwlock_rdlock(&l);
    long sum = left + right;
    pthread_rwlock_unlock(&l);
    return (void *)(sum == 20 ? 0 : 1L);
}

static void *writer(void *arg)
{
    pthread_rwlock_wrlock(&l);
    left--;
    right++;
    pthread_rwlock_unlock(&l);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    void *r[3];
    pthread_create(&t[0], NULL, reader, NULL);
    pthread_create(&t[1], NULL, reader, NULL);
    pthread_create(&t[2], NULL, writer, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], &r[i]);
    pthread_rwlock_destroy(&l);
    return r[0] || r[1];
}
