// expect: crash dead_stack
// The result is a local variable of the thread that has ended.
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct range {
    int from, to;
};

struct result {
    long sum, product;
};

static void *compute(void *arg)
{
    struct range *r = arg;
    struct result local, *out = &local;
    out->sum = 0;
    out->product = 1;
    for (int i = r->from; i <= r->to; i++) {
        out->sum += i;
        out->product *= i;
    }
    pthread_exit(out);
}

int main(void)
{
    struct range r[2] = {{1, 4}, {5, 6}};
    struct result total = {0, 1};
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, compute, &r[i]);
    for (int i = 0; i < 2; i++) {
        void *p;
        pthread_join(t[i], &p);
        struct result *one = p;
        total.sum += one->sum;
        total.product *= one->product;
    }
    assert(total.sum == 21 && total.product == 720);
    return 0;
}
