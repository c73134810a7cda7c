// expect: pass none; complete
// A named semaphore as a lock.
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static int balance;

static void *pay_in(void *arg)
{
    sem_t *lock = sem_open("/account", O_CREAT, 0600, 1);
    sem_wait(lock);
    balance += 10;
    sem_post(lock);
    sem_close(lock);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, pay_in, NULL);
    pthread_create(&u, NULL, pay_in, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return sem_unlink("/account") == 0 && balance == 20 ? 0 : 1;
}
