// expect: deadlock deadlock_held
// One way out of the function keeps the lock; the one who has it goes on to join.
#include <pthread.h>

static pthread_spinlock_t l;
static int n;

static void *work(void *arg)
{
    pthread_spin_lock(&l);
    n++;
    pthread_spin_unlock(&l);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_spin_init(&l, PTHREAD_PROCESS_PRIVATE);
    pthread_create(&t, NULL, work, NULL);
    pthread_spin_lock(&l);
    n++;
    pthread_join(t, NULL);
    pthread_spin_unlock(&l);
    return 0;
}
