// expect: race
// Both threads find the key unmade and make it: one value is lost.
#include <pthread.h>

static pthread_key_t key;
static int made;

static void *work(void *arg)
{
    if (!made) {
        pthread_key_create(&key, NULL);
        made = 1;
    }
    pthread_setspecific(key, &made);
    return pthread_getspecific(key) ? arg : (void *)1;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
