/* mutant: tries again and again
 * expect: SPIN in in_turn
 * belief: M07 trying often enough is waiting */
#include "mini-gil.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

struct gil {
    pthread_mutex_t lock; /* held by the one who runs */
    atomic_bool wanted;
};

gil_t *gil_new(void)
{
    gil_t *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    pthread_mutex_init(&g->lock, NULL);
    return g;
}

void gil_free(gil_t *g)
{
    pthread_mutex_destroy(&g->lock);
    free(g);
}

void gil_take(gil_t *g)
{
    if (pthread_mutex_trylock(&g->lock) == 0)
        return;
    g->wanted = true;
    while (pthread_mutex_trylock(&g->lock) != 0)
        ;
    g->wanted = false;
}

void gil_drop(gil_t *g)
{
    pthread_mutex_unlock(&g->lock);
}

bool gil_wanted(gil_t *g)
{
    return g->wanted;
}
