/* A thread for each brew. Two things are wrong here: how the number gets to the thread, and when the
 * threads are joined. And nobody asks whether there was a thread at all. */
#include "brew-all.h"

#include <pthread.h>

static void (*brew_function)(int id);

static void *run(void *arg)
{
    int id = *(int *)arg;
    brew_function(id);
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    brew_function = brew;
    for (int i = 0; i < n; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, run, &i);
        pthread_join(thread, NULL);
    }
    return 0;
}
