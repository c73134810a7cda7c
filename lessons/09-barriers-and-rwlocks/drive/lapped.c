/* A barrier for two, made at home: count those who arrive; the last one resets the count and opens the gate,
 * with a token for each. Each thread works through two rounds. */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects: count */
static sem_t gate;
static int count;
static int done_a, done_b; /* rounds that A and B have left */

static void arrive(void)
{
    pthread_mutex_lock(&lock);
    if (++count == 2) {
        count = 0;
        sem_post(&gate);
        sem_post(&gate);
    }
    pthread_mutex_unlock(&lock);
    sem_wait(&gate);
}

void *a(void *arg)
{
    arrive();
    done_a = 1;
    arrive();
    done_a = 2;
    return arg;
}

void *b(void *arg)
{
    arrive();
    done_b = 1;
    arrive();
    done_b = 2;
    return arg;
}

int main(void)
{
    pthread_t t, u;
    sem_init(&gate, 0, 0);
    pthread_create(&t, NULL, a, NULL);
    pthread_create(&u, NULL, b, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
