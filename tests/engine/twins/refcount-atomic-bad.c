// expect: crash|race
// The count is taken down and then read again: two threads may both see zero, or read what is freed.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct blob {
    atomic_int refs;
    int data[4];
};

static struct blob *blob_get(struct blob *b)
{
    atomic_fetch_add(&b->refs, 1);
    return b;
}

static void blob_put(struct blob *b)
{
    atomic_fetch_sub(&b->refs, 1);
    if (atomic_load(&b->refs) == 0)
        free(b);
}

static void *use(void *arg)
{
    struct blob *b = arg;
    int sum = 0;
    for (int i = 0; i < 4; i++)
        sum += b->data[i];
    blob_put(b);
    return (void *)(long)sum;
}

int main(void)
{
    struct blob *b = malloc(sizeof *b);
    atomic_init(&b->refs, 1);
    for (int i = 0; i < 4; i++)
        b->data[i] = i;
    pthread_t t[2];
    void *sum;
    long total = 0;
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, use, blob_get(b));
    blob_put(b);
    for (int i = 0; i < 2; i++) {
        pthread_join(t[i], &sum);
        total += (long)sum;
    }
    return total != 12;
}
