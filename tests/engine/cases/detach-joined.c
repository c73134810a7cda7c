// expect: misuse detach_twice
// A thread that was joined is gone.
#include <pthread.h>

static void *work(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, NULL);
    pthread_detach(t);
    return 0;
}
