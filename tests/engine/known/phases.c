// N threads take K locks, one after the other: (N!)^K.
#include <pthread.h>

#ifndef N
#define N 3
#endif
#ifndef K
#define K 2
#endif

static pthread_mutex_t m[K];
static int passed[K];

static void *pass(void *arg)
{
    for (int k = 0; k < K; k++) {
        pthread_mutex_lock(&m[k]);
        passed[k]++;
        pthread_mutex_unlock(&m[k]);
    }
    return arg;
}

int main(void)
{
    pthread_t t[N];
    for (int k = 0; k < K; k++)
        pthread_mutex_init(&m[k], NULL);
    for (int i = 0; i < N; i++)
        pthread_create(&t[i], NULL, pass, NULL);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return passed[0] != N;
}
