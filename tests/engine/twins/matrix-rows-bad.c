// expect: race data_race; preemptions <= 1
// The last row of each thread is also the first of the next.
#include <pthread.h>
#include <stdio.h>

#define N 4
#define THREADS 2

static int a[N][N], b[N][N], c[N][N];

typedef struct {
    int from, to;
} slice;

static void *multiply(void *arg)
{
    slice s = *(slice *)arg;
    for (int i = s.from; i <= s.to && i < N; i++)
        for (int j = 0; j < N; j++) {
            c[i][j] = 0;
            for (int k = 0; k < N; k++)
                c[i][j] += a[i][k] * b[k][j];
        }
    return NULL;
}

int main(void)
{
    pthread_t t[THREADS];
    slice s[THREADS];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = i + j;
            b[i][j] = i == j;
        }
    for (int i = 0; i < THREADS; i++) {
        s[i] = (slice){i * N / THREADS, (i + 1) * N / THREADS};
        pthread_create(&t[i], NULL, multiply, &s[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            if (c[i][j] != a[i][j])
                return 1;
            printf("%3d", c[i][j]);
        }
        putchar('\n');
    }
    return 0;
}
