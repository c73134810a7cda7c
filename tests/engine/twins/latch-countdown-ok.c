// expect: pass none; complete
// main waits on a latch until three parts are done.
#include <pthread.h>
#include <stdio.h>

static struct latch {
    pthread_mutex_t m;
    pthread_cond_t zero;
    int left;
} ready = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 3};

static int failed;

static void count_down(struct latch *l, int error)
{
    pthread_mutex_lock(&l->m);
    l->left--;
    if (error) {
        failed++;
    }
    if (l->left == 0)
        pthread_cond_signal(&l->zero);
    pthread_mutex_unlock(&l->m);
}

static void *part(void *arg)
{
    long n = (long)arg;
    count_down(&ready, n % 2 == 1);
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, part, (void *)i);
    pthread_mutex_lock(&ready.m);
    while (ready.left > 0)
        pthread_cond_wait(&ready.zero, &ready.m);
    printf("%d failed\n", failed);
    int expected = failed == 1;
    pthread_mutex_unlock(&ready.m);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return !expected;
}
