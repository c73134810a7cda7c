// expect: pass none; complete
// A producer of five and a consumer that stops at the end marker.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

enum { SIZE = 2, ITEMS = 5, END = -1 };

struct queue {
    int item[SIZE];
    int head, length;
    pthread_mutex_t lock;
    pthread_cond_t has_room, has_items;
};

static struct queue q = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .has_room = PTHREAD_COND_INITIALIZER,
    .has_items = PTHREAD_COND_INITIALIZER,
};

static void push(struct queue *q, int item)
{
    pthread_mutex_lock(&q->lock);
    while (q->length == SIZE)
        pthread_cond_wait(&q->has_room, &q->lock);
    q->item[(q->head + q->length++) % SIZE] = item;
    pthread_cond_signal(&q->has_items);
    pthread_mutex_unlock(&q->lock);
}

static int pop(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->length == 0)
        pthread_cond_wait(&q->has_items, &q->lock);
    int item = q->item[q->head];
    q->head = (q->head + 1) % SIZE;
    q->length--;
    pthread_cond_signal(&q->has_room);
    pthread_mutex_unlock(&q->lock);
    return item;
}

static void *produce(void *arg)
{
    struct queue *q = arg;
    for (int i = 1; i <= ITEMS; i++)
        push(q, i * i);
    push(q, END);
    return NULL;
}

static void *consume(void *arg)
{
    struct queue *q = arg;
    long total = 0;
    for (int item; (item = pop(q)) != END;)
        total += item;
    return (void *)total;
}

int main(void)
{
    pthread_t p, c;
    void *total;
    pthread_create(&p, NULL, produce, &q);
    pthread_create(&c, NULL, consume, &q);
    pthread_join(p, NULL);
    pthread_join(c, &total);
    printf("sum of squares: %ld\n", (long)total);
    assert((long)total == 55);
    return 0;
}
