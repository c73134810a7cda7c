/* mutant: a single thread brews one after the other
 * expect: SERIAL in three_brews
 * belief: M02 in a thread of its own it is faster by itself */
#include "brew-all.h"

#include <pthread.h>

struct all {
    int n;
    void (*brew)(int id);
};

static void *run(void *arg)
{
    struct all *all = arg;
    for (int i = 0; i < all->n; i++)
        all->brew(i);
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    pthread_t thread;
    struct all all = {n, brew};
    int error = pthread_create(&thread, NULL, run, &all);
    if (error == 0)
        pthread_join(thread, NULL);
    return error;
}
