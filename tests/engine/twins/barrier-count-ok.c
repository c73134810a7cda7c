// expect: pass none; complete
// As many as come are waited for.
#include <pthread.h>

static pthread_barrier_t gate;

static void *come(void *arg)
{
    pthread_barrier_wait(&gate);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_barrier_init(&gate, NULL, 3);
    pthread_create(&t, NULL, come, NULL);
    pthread_create(&u, NULL, come, NULL);
    pthread_barrier_wait(&gate);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return pthread_barrier_destroy(&gate);
}
