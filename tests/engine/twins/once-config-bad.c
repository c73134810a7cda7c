// expect: leak|race
// A home-made once: a plain flag that two threads find unset.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static int *squares;
static int filled;

static void fill(void)
{
    squares = malloc(4 * sizeof *squares);
    for (int i = 0; i < 4; i++)
        squares[i] = i * i;
}

static int square(int i)
{
    if (!filled) {
        fill();
        filled = 1;
    }
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
