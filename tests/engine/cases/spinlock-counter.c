// expect: pass none; complete
#include <pthread.h>

static pthread_spinlock_t l;
static int n;

static void *work(void *arg)
{
    for (int i = 0; i < 2; i++) {
        pthread_spin_lock(&l);
        n++;
        pthread_spin_unlock(&l);
    }
    while (pthread_spin_trylock(&l) != 0)
        ;
    n++;
    pthread_spin_unlock(&l);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_spin_init(&l, PTHREAD_PROCESS_PRIVATE);
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_spin_destroy(&l);
    return n != 6;
}
