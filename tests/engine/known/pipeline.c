// Three stages joined by queues of ROOM places: numbers, squares, their sum.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 3
#endif
#ifndef ROOM
#define ROOM 2
#endif

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t more, room;
    int items[ROOM], head, count;
};
#define QUEUE {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER, {0}, 0, 0}
static struct queue numbers = QUEUE, squares = QUEUE;
static int sum;

static void put(struct queue *q, int x)
{
    pthread_mutex_lock(&q->lock);
    while (q->count == ROOM)
        pthread_cond_wait(&q->room, &q->lock);
    q->items[(q->head + q->count++) % ROOM] = x;
    pthread_cond_signal(&q->more);
    pthread_mutex_unlock(&q->lock);
}

static int take(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (!q->count)
        pthread_cond_wait(&q->more, &q->lock);
    int x = q->items[q->head];
    q->head = (q->head + 1) % ROOM;
    q->count--;
    pthread_cond_signal(&q->room);
    pthread_mutex_unlock(&q->lock);
    return x;
}

static void *count(void *arg)
{
    for (int i = 1; i <= N; i++)
        put(&numbers, i);
    return arg;
}

static void *square(void *arg)
{
    for (int i = 0; i < N; i++) {
        int x = take(&numbers);
        put(&squares, x * x);
    }
    return arg;
}

static void *add(void *arg)
{
    for (int i = 0; i < N; i++)
        sum += take(&squares);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    pthread_create(&t[0], NULL, count, NULL);
    pthread_create(&t[1], NULL, square, NULL);
    pthread_create(&t[2], NULL, add, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    assert(sum == N * (N + 1) * (2 * N + 1) / 6);
    return 0;
}
