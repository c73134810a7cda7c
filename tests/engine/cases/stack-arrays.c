// expect: pass none; complete
// Local arrays, of variable length, from alloca and of other functions, used up to their ends.
#include <alloca.h>
#include <pthread.h>
#include <string.h>

static long fill(char *a, int n, long b, long c, long d, long e, long f, long g)
{
    memset(a, 1, (size_t)n);
    return a[0] + a[n - 1] + b + c + d + e + f + g;
}

static void *work(void *arg)
{
    int n = *(int *)arg;
    char a[n], *b = alloca((size_t)n), c[8];
    _Alignas(64) char d[64];
    long sum = fill(a, n, 0, 0, 0, 0, 0, 1) + fill(b, n, 0, 0, 0, 0, 0, 1) + fill(c, 8, 0, 0, 0, 0, 0, 1) +
               fill(d, 64, 0, 0, 0, 0, 0, 1);
    return sum == 12 ? NULL : arg;
}

int main(void)
{
    int one = 5, other = 100;
    void *r, *s;
    pthread_t t, u;
    pthread_create(&t, NULL, work, &one);
    pthread_create(&u, NULL, work, &other);
    pthread_join(t, &r);
    pthread_join(u, &s);
    return r || s;
}
