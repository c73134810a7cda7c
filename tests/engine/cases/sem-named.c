// expect: pass none; complete
// Two threads meet under a name.
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static int shared;

static void *add(void *arg)
{
    sem_t *s = sem_open("/counter", O_CREAT, 0600, 1);
    if (s == SEM_FAILED)
        return arg;
    sem_wait(s);
    shared++;
    sem_post(s);
    sem_close(s);
    return NULL;
}

int main(void)
{
    pthread_t t, u;
    sem_unlink("/counter");
    pthread_create(&t, NULL, add, NULL);
    pthread_create(&u, NULL, add, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return sem_unlink("/counter") == 0 && shared == 2 ? 0 : 1;
}
