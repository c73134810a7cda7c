/* mutant: waits by leaving: pthread_exit in main lets the other threads end
 * expect: WRONG in three_brews, message contains "main leaves with pthread_exit in the middle of the test"
 * belief: none */
#include "brew-all.h"

#include <pthread.h>
#include <stdint.h>

static void (*brew_function)(int id);

static void *run(void *arg)
{
    brew_function((int)(intptr_t)arg);
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    brew_function = brew;
    for (int i = 0; i < n; i++) {
        pthread_t thread;
        int error = pthread_create(&thread, NULL, run, (void *)(intptr_t)i);
        if (error)
            return error;
        pthread_detach(thread);
    }
    pthread_exit(NULL);
}
