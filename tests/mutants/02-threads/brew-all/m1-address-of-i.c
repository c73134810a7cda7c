/* mutant: hands over the address of the loop variable
 * expect: RACE in three_brews, message contains "the ids go from 0 to 2"
 * belief: M26 the thread looks at its argument before the loop goes on */
#include "brew-all.h"

#include <pthread.h>
#include <stdlib.h>

static void (*brew_function)(int id);

static void *run(void *arg)
{
    int id = *(int *)arg;
    brew_function(id);
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    pthread_t *threads = calloc((size_t)n + 1, sizeof *threads);
    int error = 0, started = 0;
    brew_function = brew;
    for (int i = 0; i < n && error == 0; i++) {
        error = pthread_create(&threads[i], NULL, run, &i);
        started += error == 0;
    }
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return error;
}
