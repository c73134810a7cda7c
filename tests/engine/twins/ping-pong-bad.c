// expect: deadlock
// `turn` changes before the wait, not after the stroke: both think it is the other's.
#include <pthread.h>
#include <stdio.h>

enum player { PING, PONG };

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ball = PTHREAD_COND_INITIALIZER;
static enum player turn = PING;
static int strokes;

static void *play(void *arg)
{
    enum player me = *(enum player *)arg;
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&table);
        turn = me == PING ? PONG : PING;
        while (turn != me)
            pthread_cond_wait(&ball, &table);
        printf("%s %d\n", me == PING ? "ping" : "pong", ++strokes);
        pthread_cond_signal(&ball);
        pthread_mutex_unlock(&table);
    }
    return NULL;
}

int main(void)
{
    enum player who[] = {PING, PONG};
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, play, &who[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return strokes == 6 ? 0 : 1;
}
