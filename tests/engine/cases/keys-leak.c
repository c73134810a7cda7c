// expect: leak memory_left
// Without a destructor the value of an ended thread is lost.
#include <pthread.h>
#include <stdlib.h>

static pthread_key_t key;

static void *work(void *arg)
{
    pthread_setspecific(key, malloc(8));
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_key_create(&key, NULL);
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, NULL);
    pthread_key_delete(key);
    return 0;
}
