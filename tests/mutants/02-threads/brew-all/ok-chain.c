/* ok: each call starts one brew, leaves the rest to the next call, and joins its own afterwards */
#include "brew-all.h"

#include <pthread.h>

struct job {
    int id;
    void (*brew)(int id);
};

static void *run(void *arg)
{
    struct job *me = arg;
    me->brew(me->id);
    return NULL;
}

static int brew_from(int id, int n, void (*brew)(int id))
{
    struct job job = {id, brew};
    pthread_t thread;
    if (id == n)
        return 0;
    int error = pthread_create(&thread, NULL, run, &job);
    if (error != 0)
        return error;
    error = brew_from(id + 1, n, brew);
    pthread_join(thread, NULL);
    return error;
}

int brew_all(int n, void (*brew)(int id))
{
    return brew_from(0, n, brew);
}
