// expect: race data_race
// Who removes the name on the way lets the other make a second semaphore of that name.
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static int shared;

static void *add(void *arg)
{
    sem_t *s = sem_open("/counter", O_CREAT, 0600, 1);
    sem_wait(s);
    sem_unlink("/counter");
    shared++;
    sem_post(s);
    sem_close(s);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, add, NULL);
    pthread_create(&u, NULL, add, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
