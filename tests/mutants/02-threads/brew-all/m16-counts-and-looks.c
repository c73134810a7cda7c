/* mutant: detaches the threads, and looks at a counter until all have ended
 * expect: SPIN in three_brews
 * belief: M07 looking again and again is a way of waiting */
#include "brew-all.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

static void (*brew_function)(int id);
static atomic_int left;

static void *run(void *arg)
{
    brew_function((int)(intptr_t)arg);
    left--;
    return NULL;
}

int brew_all(int n, void (*brew)(int id))
{
    int error = 0;
    brew_function = brew;
    for (int i = 0; i < n && !error; i++) {
        pthread_t thread;
        left++;
        error = pthread_create(&thread, NULL, run, (void *)(intptr_t)i);
        if (error)
            left--;
        else
            pthread_detach(thread);
    }
    while (left > 0)
        sched_yield();
    return error;
}
