// expect: wrong; preemptions <= 1
// Compare under the lock, store under it again: somebody may have stored a greater one between.
#include <assert.h>
#include <limits.h>
#include <pthread.h>

static const int numbers[] = {3, 17, 5, 11, 2, 13};
static int greatest = INT_MIN;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *search(void *arg)
{
    const int *from = arg;
    int mine = from[0];
    for (int i = 1; i < 3; i++)
        if (from[i] > mine)
            mine = from[i];
    pthread_mutex_lock(&m);
    int more = mine > greatest;
    pthread_mutex_unlock(&m);
    pthread_mutex_lock(&m);
    if (more)
        greatest = mine;
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, search, (void *)&numbers[3 * i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    assert(greatest == 17);
    return 0;
}
