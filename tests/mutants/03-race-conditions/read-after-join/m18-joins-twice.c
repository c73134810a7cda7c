/* mutant: joins every taster a second time
 * expect: MISUSE in three_cups, message contains "joined already"
 * belief: M08 joining again does no harm, the system knows that the thread has ended */
#include "read-after-join.h"
#include <pthread.h>
#include <stdlib.h>

struct t {
    pthread_t th;
    int c;
    int (*f)(int);
    int s;
};
static void *run(void *p)
{
    struct t *m = p;
    m->s = m->f(m->c);
    return 0;
}
int best_of(int n, int (*f)(int))
{
    struct t t[8];
    int b = -1;
    for (int i = 0; i < n; i++) {
        t[i].c = i;
        t[i].f = f;
        pthread_create(&t[i].th, 0, run, t + i);
    }
    for (int i = 0; i < n; i++) {
        pthread_join(t[i].th, 0);
        if (t[i].s > b)
            b = t[i].s;
    }
    for (int i = 0; i < n; i++)
        pthread_join(t[i].th, 0);
    return b;
}
