/* Three philosophers, three forks. The last one begins on the other side. */
#include <pthread.h>

enum { SEATS = 3 };
static pthread_mutex_t fork_at[SEATS];

void *dine(void *arg)
{
    int me = *(int *)arg;
    int left = me, right = (me + 1) % SEATS;
    int last = me == SEATS - 1; /* the last one takes the right fork first */
    pthread_mutex_lock(&fork_at[last ? right : left]);
    pthread_mutex_lock(&fork_at[last ? left : right]);
    // here one eats
    pthread_mutex_unlock(&fork_at[right]);
    pthread_mutex_unlock(&fork_at[left]);
    return arg;
}

int main(void)
{
    static int seat[SEATS];
    pthread_t t[SEATS];
    for (int i = 0; i < SEATS; i++) {
        seat[i] = i;
        pthread_mutex_init(&fork_at[i], NULL);
    }
    for (int i = 0; i < SEATS; i++)
        pthread_create(&t[i], NULL, dine, &seat[i]);
    for (int i = 0; i < SEATS; i++)
        pthread_join(t[i], NULL);
    return 0;
}
