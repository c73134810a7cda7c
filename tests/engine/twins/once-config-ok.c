// expect: pass none; complete
// A table that is filled by pthread_once.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static int *squares;
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static void fill(void)
{
    squares = malloc(4 * sizeof *squares);
    for (int i = 0; i < 4; i++)
        squares[i] = i * i;
}

static int square(int i)
{
    pthread_once(&filled, fill);
    return squares[i];
}

static void *user(void *arg)
{
    int i = *(int *)arg;
    assert(square(i) == i * i);
    return NULL;
}

int main(void)
{
    int in[3] = {1, 2, 3};
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(t + i, NULL, user, in + i);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    free(squares);
    return 0;
}
