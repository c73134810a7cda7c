// expect: deadlock|wrong
// Without generations a quick thread takes the second round's place of the first.
#include <assert.h>
#include <pthread.h>

#define N 2

struct barrier {
    pthread_mutex_t m;
    pthread_cond_t all_here;
    int waiting;
    unsigned generation;
};

static struct barrier b = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};
static int grid[2][N];

static void barrier_wait(struct barrier *b)
{
    pthread_mutex_lock(&b->m);
    if (++b->waiting == N) {
        b->waiting = 0;
        b->generation++;
        pthread_cond_broadcast(&b->all_here);
    } else {
        while (b->waiting != 0)
            pthread_cond_wait(&b->all_here, &b->m);
    }
    pthread_mutex_unlock(&b->m);
}

static void *row(void *arg)
{
    int id = *(int *)arg;
    grid[0][id] = id + 1;
    barrier_wait(&b);
    grid[1][id] = grid[0][0] + grid[0][1];
    barrier_wait(&b);
    assert(grid[1][1 - id] == 3);
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    int id[N];
    for (int i = 0; i < N; i++) {
        id[i] = i;
        pthread_create(&t[i], NULL, row, &id[i]);
    }
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return 0;
}
