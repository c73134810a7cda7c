// expect: pass none; complete
// A lock in memory from malloc is freed when nobody needs it any more.
#include <pthread.h>
#include <stdlib.h>

struct account {
    pthread_mutex_t lock;
    int balance;
};

static void *pay_in(void *arg)
{
    struct account *a = arg;
    pthread_mutex_lock(&a->lock);
    a->balance++;
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

int main(void)
{
    pthread_t t;
    struct account *a = calloc(1, sizeof *a);
    pthread_mutex_init(&a->lock, NULL);
    pthread_create(&t, NULL, pay_in, a);
    pthread_join(t, NULL);
    pthread_mutex_destroy(&a->lock);
    free(a);
    return 0;
}
