/* mutant: does not free the futures
 * expect: LEAK in slow_first
 * belief: M08 the pool takes care of the rest */
#include "pool-map.h"

#include <errno.h>
#include <stdlib.h>

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
    return item->fn(item->in, item->out);
}

/* Waits for the item. Returns its error. */
static int finish(struct item *item)
{
    if (!item->slip)
        return ECANCELED;
    int err = future_get(item->slip, NULL);
    return err;
}

int pool_map(pool_t *p, int (*fn)(long, long *), const long *in, long *out, size_t n)
{
    int first = 0;
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
    return first;
}
