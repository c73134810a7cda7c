// expect: wrong exit_status
#include <pthread.h>
#include <stdlib.h>

static void *leave(void *arg)
{
    exit(5);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, leave, NULL);
    pthread_join(t, NULL);
    return 0;
}
