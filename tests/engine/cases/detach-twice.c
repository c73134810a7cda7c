// expect: misuse detach_twice
// Once detached, always detached.
#include <pthread.h>

static void *work(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_detach(t);
    pthread_detach(t);
    return 0;
}
