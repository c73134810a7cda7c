// expect: pass none; complete
// A bounded buffer with one condition a direction.
#include <assert.h>
#include <pthread.h>

#define ROOM 1

static int buffer[ROOM];
static int in, out, count;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static int sum;

static void put(int item)
{
    pthread_mutex_lock(&m);
    while (count == ROOM)
        pthread_cond_wait(&not_full, &m);
    buffer[in] = item;
    in = (in + 1) % ROOM;
    count++;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&m);
}

static int get(void)
{
    pthread_mutex_lock(&m);
    while (count == 0)
        pthread_cond_wait(&not_empty, &m);
    int item = buffer[out];
    out = (out + 1) % ROOM;
    count--;
    sum += item;
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&m);
    return item;
}

static void *producer(void *arg)
{
    put(*(int *)arg);
    return NULL;
}

static void *consumer(void *arg)
{
    (void)arg;
    get();
    return NULL;
}

int main(void)
{
    int first = 3, second = 4;
    pthread_t p[2], c[2];
    pthread_create(&c[0], NULL, consumer, NULL);
    pthread_create(&c[1], NULL, consumer, NULL);
    pthread_create(&p[0], NULL, producer, &first);
    pthread_create(&p[1], NULL, producer, &second);
    for (int i = 0; i < 2; i++) {
        pthread_join(p[i], NULL);
        pthread_join(c[i], NULL);
    }
    assert(sum == 7);
    return 0;
}
