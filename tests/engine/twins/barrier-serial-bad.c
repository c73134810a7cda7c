// expect: race data_race; preemptions == 0
// All of them add up.
#include <pthread.h>

static pthread_barrier_t all_here;
static int parts[2], total;

static void *work(void *arg)
{
    *(int *)arg = 5;
    pthread_barrier_wait(&all_here);
    total = parts[0] + parts[1];
    return NULL;
}

int main(void)
{
    pthread_t t, u;
    pthread_barrier_init(&all_here, NULL, 2);
    pthread_create(&t, NULL, work, &parts[0]);
    pthread_create(&u, NULL, work, &parts[1]);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    pthread_barrier_destroy(&all_here);
    return total == 10 ? 0 : 1;
}
