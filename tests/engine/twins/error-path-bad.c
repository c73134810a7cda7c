// expect: deadlock
// The early return keeps the lock.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t shop = PTHREAD_MUTEX_INITIALIZER;
static int stock = 1, sold;

static int buy(int n)
{
    int error = 0;
    pthread_mutex_lock(&shop);
    if (n > stock) {
        return EAGAIN;
    }
    stock -= n;
    sold += n;
    pthread_mutex_unlock(&shop);
    return error;
}

static void *customer(void *arg)
{
    int error = buy(*(int *)arg);
    if (error)
        fprintf(stderr, "refused: %s\n", strerror(error));
    return NULL;
}

int main(void)
{
    int wishes[3] = {1, 1, 1};
    pthread_t t[3];
    for (int i = 0; i < 3; i++) {
        int e = pthread_create(&t[i], NULL, customer, &wishes[i]);
        if (e != 0) {
            fprintf(stderr, "pthread_create: %s\n", strerror(e));
            return 1;
        }
    }
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    pthread_mutex_lock(&shop);
    printf("sold %d, left %d\n", sold, stock);
    int wrong = sold != 1 || stock != 0;
    pthread_mutex_unlock(&shop);
    return wrong;
}
