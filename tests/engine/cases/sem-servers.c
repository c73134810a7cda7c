// expect: pass none; complete
// A daemon without any state of its own hands over for ever: that is work, not a loop that waits.
#include <pthread.h>
#include <semaphore.h>

static sem_t ask, answer;

static void *serve(void *arg)
{
    for (;;) {
        sem_wait(&ask);
        sem_post(&answer);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&ask, 0, 0);
    sem_init(&answer, 0, 0);
    pthread_create(&t, NULL, serve, NULL);
    pthread_detach(t);
    for (int i = 0; i < 4; i++) {
        sem_post(&ask);
        sem_wait(&answer);
    }
    return 0;
}
