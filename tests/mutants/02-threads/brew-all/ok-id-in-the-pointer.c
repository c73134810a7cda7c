/* ok: the id itself travels in the pointer; the function in a global that is set before */
#include "brew-all.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

static void (*the_brew)(int id);

static void *run(void *arg)
{
    the_brew((int)(intptr_t)arg);
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    pthread_t *threads = malloc(sizeof *threads * (size_t)(n + 1));
    int started, error = 0;
    the_brew = brew;
    for (started = 0; started < n; started++)
        if ((error = pthread_create(&threads[started], NULL, run, (void *)(intptr_t)started)) != 0)
            break;
    while (started > 0)
        pthread_join(threads[--started], NULL);
    free(threads);
    return error;
}
