// expect: wrong
// Two take one each, in time or not; what was given up must not count as taken.
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static sem_t s, done;
static int got;

static void *work(void *arg)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 5;
    sem_timedwait(&s, &until);
    sem_wait(&done);
    got++;
    sem_post(&done);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    int left;
    sem_init(&s, 0, 0);
    sem_init(&done, 0, 1);
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    sem_post(&s);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    sem_getvalue(&s, &left);
    return got + left != 1;
}
