// expect: pass none; complete
// What another thread freed before is used again: 40 MB pass from thread to thread, two at a time.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#define ROUNDS 20

static char *handed;
static sem_t given, taken;

static void *consume(void *arg)
{
    for (int i = 0; i < ROUNDS; i++) {
        sem_wait(&given);
        char *mine = handed;
        if (mine[5] != i)
            exit(1);
        free(mine);
        sem_post(&taken);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&given, 0, 0);
    sem_init(&taken, 0, 0);
    pthread_create(&t, NULL, consume, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        char *mine = malloc(2000000);
        mine[5] = (char)i;
        handed = mine;
        sem_post(&given);
        sem_wait(&taken);
    }
    pthread_join(t, NULL);
    sem_destroy(&given);
    sem_destroy(&taken);
    return 0;
}
