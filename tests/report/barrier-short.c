#include <pthread.h>

static pthread_barrier_t door;

static void *come(void *arg)
{
    (void)arg;
    pthread_barrier_wait(&door);
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    pthread_barrier_init(&door, NULL, 3);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, come, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return 0;
}
