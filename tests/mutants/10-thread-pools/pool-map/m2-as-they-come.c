/* mutant: writes the results in the order in which they come
 * expect: WRONG in slow_first, message contains "result 1"
 * belief: M35 results come back in order by themselves */
#include "pool-map.h"

#include <errno.h>
#include <stdlib.h>

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t ready;

/* One input: what the task needs, and where its result goes. */
struct item {
    int (*fn)(long, long *);
    long in;
    long *out;
    future_t *slip; /* NULL: not accepted */
};

static int run_item(void *arg, void **val)
{
    struct item *item = arg;
    (void)val;
    long result = 0;
    int err = item->fn(item->in, &result);
    pthread_mutex_lock(&lock);
    item->out[ready++] = result;
    pthread_mutex_unlock(&lock);
    return err;
}

/* Waits for the item. Returns its error. */
static int finish(struct item *item)
{
    if (!item->slip)
        return ECANCELED;
    int err = future_get(item->slip, NULL);
    future_free(item->slip);
    return err;
}

int pool_map(pool_t *p, int (*fn)(long, long *), const long *in, long *out, size_t n)
{
    int first = 0;
    ready = 0;
    struct item *item = malloc(n * sizeof *item);
    for (size_t i = 0; i < n; i++) {
        item[i] = (struct item){fn, in[i], out, NULL};
        item[i].slip = pool_submit(p, run_item, &item[i]);
    }
    for (size_t i = 0; i < n; i++) {
        int err = finish(&item[i]);
        if (first == 0)
            first = err;
    }
    free(item);
    return first;
}
