#include <pthread.h>

static pthread_rwlock_t menu = PTHREAD_RWLOCK_INITIALIZER;
static int version;

static void *update(void *arg)
{
    (void)arg;
    pthread_rwlock_rdlock(&menu);
    version++;
    pthread_rwlock_unlock(&menu);
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, update, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return version != 2;
}
