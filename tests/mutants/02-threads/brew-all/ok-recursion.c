/* ok: each call brews one and has the rest brewed by the next call */
#include "brew-all.h"
#include <pthread.h>
struct job {
    int id;
    void (*brew)(int);
    struct job *next;
    pthread_t th;
};
static void *run(void *p)
{
    struct job *j = p;
    j->brew(j->id);
    return p;
}
static int rec(int id, int n, void (*brew)(int))
{
    if (id == n)
        return 0;
    struct job j = {.id = id, .brew = brew};
    int e = pthread_create(&j.th, 0, run, &j);
    if (e)
        return e;
    e = rec(id + 1, n, brew);
    pthread_join(j.th, 0);
    return e;
}
int brew_all(int n, void (*brew)(int)) { return rec(0, n, brew); }
