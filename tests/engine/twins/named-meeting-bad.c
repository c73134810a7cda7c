// expect: deadlock no_post; preemptions == 0
// Each waits for the other before it says that it is there.
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t *a_here, *b_here;
static int a_did, b_did, a_saw, b_saw;

static void *a(void *arg)
{
    a_did = 1;
    sem_wait(b_here);
    sem_post(a_here);
    a_saw = b_did;
    return arg;
}

static void *b(void *arg)
{
    b_did = 1;
    sem_wait(a_here);
    sem_post(b_here);
    b_saw = a_did;
    return arg;
}

int main(void)
{
    pthread_t t, u;
    a_here = sem_open("/a", O_CREAT | O_EXCL, 0600, 0);
    b_here = sem_open("/b", O_CREAT | O_EXCL, 0600, 0);
    pthread_create(&t, NULL, a, NULL);
    pthread_create(&u, NULL, b, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return a_saw && b_saw ? 0 : 1;
}
