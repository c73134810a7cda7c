// expect: pass none; complete
// One of those who meet at the barrier adds up.
#include <pthread.h>

static pthread_barrier_t all_here;
static int parts[2], total;

static void *work(void *arg)
{
    *(int *)arg = 5;
    if (pthread_barrier_wait(&all_here) == PTHREAD_BARRIER_SERIAL_THREAD)
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
