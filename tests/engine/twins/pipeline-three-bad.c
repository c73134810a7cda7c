// expect: deadlock
// The middle stage stops at the end marker and does not pass it on.
#include <assert.h>
#include <pthread.h>

#define END (-1)

struct channel {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int full, value;
};

#define CHANNEL {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0}
static struct channel numbers = CHANNEL, doubled = CHANNEL;

static void send(struct channel *c, int value)
{
    pthread_mutex_lock(&c->lock);
    while (c->full)
        pthread_cond_wait(&c->changed, &c->lock);
    c->value = value;
    c->full = 1;
    pthread_cond_signal(&c->changed);
    pthread_mutex_unlock(&c->lock);
}

static int receive(struct channel *c)
{
    pthread_mutex_lock(&c->lock);
    while (!c->full)
        pthread_cond_wait(&c->changed, &c->lock);
    c->full = 0;
    int value = c->value;
    pthread_cond_signal(&c->changed);
    pthread_mutex_unlock(&c->lock);
    return value;
}

static void *source(void *arg)
{
    for (int i = 1; i <= 1; i++)
        send(&numbers, i);
    send(&numbers, END);
    return arg;
}

static void *twice(void *arg)
{
    int n;
    while ((n = receive(&numbers)) != END)
        send(&doubled, 2 * n);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    int sum = 0;
    pthread_create(&a, NULL, source, NULL);
    pthread_create(&b, NULL, twice, NULL);
    for (int n; (n = receive(&doubled)) != END;)
        sum += n;
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(sum == 2);
    return 0;
}
