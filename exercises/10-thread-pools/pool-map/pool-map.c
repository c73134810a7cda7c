/* This map uses the pool for one input at a time, and looks at no error. */
#include "pool-map.h"

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

int pool_map(pool_t *p, int (*fn)(long, long *), const long *in, long *out, size_t n)
{
    struct item *item = malloc(n * sizeof *item);
    for (size_t i = 0; i < n; i++) {
        item[i] = (struct item){fn, in[i], &out[i], NULL};
        item[i].slip = pool_submit(p, run_item, &item[i]);
        if (item[i].slip) { /* an input that is not accepted: ECANCELED, from errno.h */
            future_get(item[i].slip, NULL);
            future_free(item[i].slip);
        }
    }
    free(item);
    return 0;
}
