// expect: limit too_many_threads
#include <pthread.h>

static void *idle(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    for (;;)
        pthread_create(&t, NULL, idle, NULL);
}
