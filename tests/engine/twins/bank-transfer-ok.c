// expect: pass none; complete
// Transfers between accounts that lock both, lower number first: the sum stays.
#include <pthread.h>
#include <stdio.h>

struct account {
    int id;
    int balance;
    pthread_mutex_t lock;
};

static struct account accounts[2] = {
    {0, 100, PTHREAD_MUTEX_INITIALIZER},
    {1, 100, PTHREAD_MUTEX_INITIALIZER},
};

struct order {
    struct account *from, *to;
    int amount;
};

static int transfer(struct account *from, struct account *to, int amount)
{
    struct account *first = from->id < to->id ? from : to;
    struct account *second = first == from ? to : from;
    int done = 0;
    pthread_mutex_lock(&first->lock);
    pthread_mutex_lock(&second->lock);
    if (from->balance >= amount) {
        from->balance -= amount;
        to->balance += amount;
        done = 1;
    }
    pthread_mutex_unlock(&second->lock);
    pthread_mutex_unlock(&first->lock);
    return done;
}

static void *clerk(void *arg)
{
    struct order *o = arg;
    if (!transfer(o->from, o->to, o->amount))
        printf("no money for %d\n", o->amount);
    return NULL;
}

int main(void)
{
    struct order orders[2] = {
        {&accounts[0], &accounts[1], 80},
        {&accounts[1], &accounts[0], 70},
    };
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, clerk, &orders[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d + %d\n", accounts[0].balance, accounts[1].balance);
    if (accounts[0].balance + accounts[1].balance != 200)
        return 1;
    return accounts[0].balance < 0 || accounts[1].balance < 0;
}
