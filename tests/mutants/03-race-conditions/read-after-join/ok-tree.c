/* ok: a tree of tasters: each has two others taste before it does */
#include "read-after-join.h"
#include <pthread.h>
#include <stdlib.h>

struct n {
    int i, n;
    int (*f)(int);
    int best;
};
static void *run(void *p)
{
    struct n *me = p, k[2];
    pthread_t t[2];
    int c = 0;
    for (int j = 1; j <= 2; j++)
        if (2 * me->i + j < me->n) {
            k[c] = (struct n){2 * me->i + j, me->n, me->f, -1};
            pthread_create(&t[c], 0, run, &k[c]);
            c++;
        }
    me->best = me->f(me->i);
    for (int j = 0; j < c; j++) {
        pthread_join(t[j], 0);
        if (k[j].best > me->best)
            me->best = k[j].best;
    }
    return 0;
}
int best_of(int n, int (*f)(int))
{
    if (n < 1)
        return -1;
    struct n r = {0, n, f, -1};
    run(&r);
    return r.best;
}
