// N philosophers, N forks. Wrong: everybody takes the left one first. Fixed: the last one does not.
#include <pthread.h>

#ifndef N
#define N 3
#endif

static pthread_mutex_t fork_[N];
static int meals[N];

static void *dine(void *arg)
{
    int me = (int)(long)arg, left = me, right = (me + 1) % N;
#ifdef FIXED
    if (left > right) {
        left = right;
        right = me;
    }
#endif
    pthread_mutex_lock(&fork_[left]);
    pthread_mutex_lock(&fork_[right]);
    meals[me]++;
    pthread_mutex_unlock(&fork_[right]);
    pthread_mutex_unlock(&fork_[left]);
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    for (int i = 0; i < N; i++)
        pthread_mutex_init(&fork_[i], NULL);
    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, dine, (void *)i);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return 0;
}
