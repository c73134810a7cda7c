// expect: pass none; complete
// A node is filled, then published.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct node { int value; };
static struct node *_Atomic shared;

static void *publish(void *arg)
{
    struct node *n = malloc(sizeof *n);
    n->value = 7;
    atomic_store_explicit(&shared, n, memory_order_release);
    return arg;
}

static void *use(void *arg)
{
    struct node *n = atomic_load_explicit(&shared, memory_order_acquire);
    return n && n->value != 7 ? arg : NULL;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, publish, NULL);
    pthread_create(&u, NULL, use, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return (free(shared), 0);
}
