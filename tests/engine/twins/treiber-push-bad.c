// expect: wrong
// The old head is read, then simply replaced: a push is lost.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct node {
    struct node *next;
    int value;
};

static _Atomic(struct node *) top;
static struct node nodes[4];

static void push(struct node *n)
{
    n->next = atomic_load(&top);
    atomic_store(&top, n);
}

static void *pusher(void *arg)
{
    struct node *mine = arg;
    push(&mine[0]);
    push(&mine[1]);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    for (int i = 0; i < 4; i++)
        nodes[i].value = 1 << i;
    pthread_create(&a, NULL, pusher, &nodes[0]);
    pthread_create(&b, NULL, pusher, &nodes[2]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    int sum = 0;
    for (struct node *n = atomic_load(&top); n != NULL; n = n->next)
        sum += n->value;
    assert(sum == 15);
    return 0;
}
