// expect: pass none; complete
// Three philosophers; the last one takes the right fork first.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define N 3

static pthread_mutex_t fork_[N];
static int meals[N];

static void *philosopher(void *arg)
{
    int me = *(int *)arg;
    int left = me, right = (me + 1) % N;
    if (left > right) {
        int other = left;
        left = right;
        right = other;
    }
    pthread_mutex_lock(&fork_[left]);
    usleep(100);
    pthread_mutex_lock(&fork_[right]);
    meals[me]++;
    pthread_mutex_unlock(&fork_[right]);
    pthread_mutex_unlock(&fork_[left]);
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    int id[N], eaten = 0;
    for (int i = 0; i < N; i++)
        pthread_mutex_init(&fork_[i], NULL);
    for (int i = 0; i < N; i++) {
        id[i] = i;
        if (pthread_create(&t[i], NULL, philosopher, &id[i]) != 0)
            return 2;
    }
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < N; i++) {
        printf("philosopher %d ate %d time%s\n", i, meals[i], meals[i] == 1 ? "" : "s");
        eaten += meals[i];
        pthread_mutex_destroy(&fork_[i]);
    }
    return eaten == N ? 0 : 1;
}
