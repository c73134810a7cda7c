#include <pthread.h>
#include <stdlib.h>

struct account { int id; long balance; };
static struct account *accounts;

static void *deposit(void *arg)
{
    struct account *a = &accounts[1];
    a->balance += *(long *)arg;
    return NULL;
}

int main(void)
{
    pthread_t t1, t2;
    long fifty = 50, thirty = 30;
    accounts = calloc(3, sizeof *accounts);
    accounts[1].balance = 100;
    pthread_create(&t1, NULL, deposit, &fifty);
    pthread_create(&t2, NULL, deposit, &thirty);
    pthread_join(t1, NULL);
    pthread_join(t2, NULL);
    int ok = accounts[1].balance == 180;
    free(accounts);
    return !ok;
}
