/* mutant: rounds the parts up, and the last one begins behind the end
 * expect: CRASH in nearly_as_many, message contains "outside the block"
 * belief: none */
#include "collect.h"
#include <pthread.h>
#include <stdlib.h>

struct p {
    const int *a;
    size_t n;
    long out;
    pthread_t th;
};
static void *run(void *v)
{
    struct p *p = v;
    for (size_t i = 0; i < p->n; i++)
        p->out += p->a[i];
    return 0;
}
long sum_parallel(const int *a, size_t n, int k)
{
    if (k < 1)
        k = 1;
    size_t each = (n + k - 1) / k;
    struct p *p = calloc(k, sizeof *p);
    long s = 0;
    for (int i = 0; i < k; i++) {
        p[i].a = a + i * each;
        p[i].n = each;
        if ((i + 1) * each > n)
            p[i].n = n - i * each;
        pthread_create(&p[i].th, 0, run, p + i);
    }
    for (int i = 0; i < k; i++) {
        pthread_join(p[i].th, 0);
        s += p[i].out;
    }
    free(p);
    return s;
}
