/* No lock, and the two fill and empty one shelf together: a join before the look would not do. */
#include <pthread.h>
#include <stdlib.h>

static struct {
    int first, slot;
} shelf;
static int taken;

static void *take(void *arg)
{
    shelf.first = 1;
    taken = shelf.slot;
    return arg;
}

int main(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, take, NULL) != 0)
        abort();
    shelf.slot = 2 + shelf.first;
    pthread_join(t, NULL);
    return taken;
}
