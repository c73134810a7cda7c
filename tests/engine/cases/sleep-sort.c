// expect: pass none; complete
// Sleeping threads that share nothing: always right, whatever the clock does.
#include <pthread.h>
#include <unistd.h>

static void *nap(void *arg)
{
    sleep(1);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, nap, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
