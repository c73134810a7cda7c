// expect: deadlock; preemptions <= 2
// The agent signals one smoker, whichever it is.
#include <assert.h>
#include <pthread.h>

#define ROUNDS 1

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t laid = PTHREAD_COND_INITIALIZER;
static pthread_cond_t taken = PTHREAD_COND_INITIALIZER;
static int missing = -1; /* the ingredient that is not on the table, or -1: the table is empty */
static int over, smoked;

static void *smoker(void *arg)
{
    int mine = *(int *)arg;
    pthread_mutex_lock(&m);
    for (;;) {
        while (missing != mine && !over)
            pthread_cond_wait(&laid, &m);
        if (missing != mine)
            break;
        missing = -1;
        smoked++;
        pthread_cond_signal(&taken);
    }
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    static const int order[ROUNDS] = {2};
    int id[3] = {0, 1, 2};
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, smoker, &id[i]);
    for (int r = 0; r < ROUNDS; r++) {
        pthread_mutex_lock(&m);
        missing = order[r];
        pthread_cond_signal(&laid);
        while (missing != -1)
            pthread_cond_wait(&taken, &m);
        pthread_mutex_unlock(&m);
    }
    pthread_mutex_lock(&m);
    over = 1;
    pthread_cond_broadcast(&laid);
    pthread_mutex_unlock(&m);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    assert(smoked == ROUNDS);
    return 0;
}
