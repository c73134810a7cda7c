/* ok: halves, and halves of them */
#include "collect.h"
#include <pthread.h>
#include <stdlib.h>

struct p {
    const int *a;
    size_t n;
    int k;
};
static void *run(void *v)
{
    struct p p = *(struct p *)v;
    long *s = malloc(sizeof *s);
    *s = 0;
    if (p.k <= 1 || p.n < 2) {
        for (size_t i = 0; i < p.n; i++)
            *s += p.a[i];
        return s;
    }
    struct p l = {p.a, p.n / 2, p.k / 2}, r = {p.a + p.n / 2, p.n - p.n / 2, p.k - p.k / 2};
    pthread_t t;
    pthread_create(&t, 0, run, &l);
    long *x = run(&r);
    void *y;
    pthread_join(t, &y);
    *s = *x + *(long *)y;
    free(x);
    free(y);
    return s;
}
long sum_parallel(const int *a, size_t n, int k)
{
    struct p p = {a, n, k};
    long *s = run(&p), v = *s;
    free(s);
    return v;
}
