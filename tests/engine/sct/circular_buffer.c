// N values through a ring of SIZE places. Wrong: the sender does not look whether there is room, and the
// receiver finds a later value than it is owed. Fixed: who cannot go on tries again next time.
#include <assert.h>
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
#ifdef FIXED
        if (sent - received < SIZE)
#endif
        {
            ring[sent % SIZE] = sent;
            sent++;
        }
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *receive_all(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (received < sent) {
            assert(ring[received % SIZE] == received);
            received++;
        }
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
    return 0;
}
