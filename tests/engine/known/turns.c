// One thread sends N values through a ring, another receives N times, each step under the lock: binomial
// of 2N over N. Neither waits; who finds no room or no value goes on.
#include <pthread.h>

#ifndef N
#define N 7
#endif
#define SIZE 4

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int ring[SIZE], sent, received;

static void *send_all(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (sent - received < SIZE)
            ring[sent++ % SIZE] = i;
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *receive_all(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (received < sent)
            received++;
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, send_all, NULL);
    pthread_create(&b, NULL, receive_all, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return sent > N;
}
