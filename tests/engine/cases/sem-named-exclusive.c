// expect: wrong exit_status; preemptions == 0
// O_EXCL: only one of the two may create it; the other one gives up.
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static void *make(void *arg) { return sem_open("/one", O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED ? NULL : arg; }

int main(void)
{
    pthread_t t, u;
    void *a, *b;
    pthread_create(&t, NULL, make, &t);
    pthread_create(&u, NULL, make, &u);
    pthread_join(t, &a);
    pthread_join(u, &b);
    return a && b ? 0 : 3;
}
