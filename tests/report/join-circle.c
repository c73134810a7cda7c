#include <pthread.h>

static pthread_t a, b;
static pthread_barrier_t go;

static void *first(void *arg) { (void)arg; pthread_barrier_wait(&go); pthread_join(b, NULL); return NULL; }
static void *second(void *arg) { (void)arg; pthread_barrier_wait(&go); pthread_join(a, NULL); return NULL; }

int main(void)
{
    pthread_barrier_init(&go, NULL, 3);
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_barrier_wait(&go);
    pthread_exit(NULL);
}
