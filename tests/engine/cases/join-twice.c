// expect: misuse join_twice
#include <pthread.h>

static void *idle(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, idle, NULL);
    pthread_join(t, NULL);
    pthread_join(t, NULL);
    return 0;
}
