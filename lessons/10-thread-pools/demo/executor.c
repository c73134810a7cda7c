/* executor: three waits, one result, four squares, and a task that fails, each through a pool. As lesson 10
 * shows them beside their Python twins. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"

/* region: three */
static int brew(void *arg, void **val) //= 1
{
    (void)val;
    sleep(2); //= 2
    printf("ready: %s\n", (char *)arg); //= 3
    return 0;
}

static void serve(void)
{
    char *order[] = {"masala", "green", "ginger"};
    future_t *slip[3];
    pool_t *pool = pool_new(3); //= 4
    for (int i = 0; i < 3; i++)
        slip[i] = pool_submit(pool, brew, order[i]); //= 5
    pool_close(pool); /* waits for all */
    for (int i = 0; i < 3; i++)
        future_free(slip[i]);
}
/* endregion */

/* region: square */
static int square(void *arg, void **val) //= 6
{
    intptr_t n = (intptr_t)arg;
    *val = (void *)(n * n); //= 7
    return 0;
}

static void ask(pool_t *pool)
{
    void *val;
    future_t *f = pool_submit(pool, square, (void *)5); //= 8
    future_get(f, &val); //= 9
    printf("%ld\n", (long)(intptr_t)val);
    future_free(f);
}
/* endregion */

/* region: map */
static void ask_many(pool_t *pool)
{
    void *val;
    future_t *f[4];
    for (intptr_t i = 0; i < 4; i++)
        f[i] = pool_submit(pool, square, (void *)(i + 1)); //= 10
    for (int i = 0; i < 4; i++) {
        future_get(f[i], &val);
        printf("%ld\n", (long)(intptr_t)val); //= 11
        future_free(f[i]);
    }
}
/* endregion */

/* region: fail */
static int burn(void *arg, void **val)
{
    (void)arg, (void)val;
    return EIO; //= 12
}

static void ask_in_vain(pool_t *pool)
{
    future_t *f = pool_submit(pool, burn, NULL); //= 13
    int error = future_get(f, NULL); //= 14
    if (error != 0)
        printf("failed: %s\n", strerror(error)); //= 15
    future_free(f);
}
/* endregion */

int main(void)
{
    serve();
    pool_t *pool = pool_new(3);
    ask(pool);
    ask_many(pool);
    ask_in_vain(pool);
    pool_close(pool);
    return 0;
}
