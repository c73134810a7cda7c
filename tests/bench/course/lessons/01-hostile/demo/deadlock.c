/* Two threads that wait for each other for ever. */
#include <pthread.h>
#include <lab/lab.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *second(void *unused)
{
    pthread_mutex_lock(&b);
    lab_brew(50);
    pthread_mutex_lock(&a);
    return NULL;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, second, NULL);
    pthread_mutex_lock(&a);
    lab_brew(50);
    pthread_mutex_lock(&b);
    return 0;
}
