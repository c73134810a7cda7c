// expect: pass none; complete
// Whoever is told to may destroy it: nobody waits any more, the others are only leaving.
#include <pthread.h>
#include <stdlib.h>

static pthread_barrier_t *b;

static void *work(void *arg)
{
    if (pthread_barrier_wait(b) == PTHREAD_BARRIER_SERIAL_THREAD) {
        pthread_barrier_destroy(b);
        free(b);
    }
    return arg;
}

int main(void)
{
    pthread_t t[3];
    b = malloc(sizeof *b);
    pthread_barrier_init(b, NULL, 3);
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, work, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
