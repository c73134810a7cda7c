/* mutant: returns the error that came first in time
 * expect: WRONG in two_failures
 * belief: M36, M35 what is submitted first ends first */
#include "pool-map.h"

#include <errno.h>
#include <stdlib.h>

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int earliest;

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
    int err = item->fn(item->in, item->out);
    pthread_mutex_lock(&lock);
    if (earliest == 0)
        earliest = err;
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
    earliest = 0;
    struct item *item = malloc(n * sizeof *item);
    for (size_t i = 0; i < n; i++) {
        item[i] = (struct item){fn, in[i], &out[i], NULL};
        item[i].slip = pool_submit(p, run_item, &item[i]);
    }
    for (size_t i = 0; i < n; i++) {
        int err = finish(&item[i]);
        if (first == 0)
            first = err;
    }
    free(item);
    return first != 0 && earliest != 0 ? earliest : first;
}
