// expect: wrong exit_status; preemptions <= 1
// The check and the withdrawal are two critical sections: the account goes below zero.
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

static int enough(struct account *a, int amount)
{
    pthread_mutex_lock(&a->lock);
    int yes = a->balance >= amount;
    pthread_mutex_unlock(&a->lock);
    return yes;
}

static int transfer(struct account *from, struct account *to, int amount)
{
    if (!enough(from, amount))
        return 0;
    pthread_mutex_lock(&from->lock);
    from->balance -= amount;
    pthread_mutex_unlock(&from->lock);
    pthread_mutex_lock(&to->lock);
    to->balance += amount;
    pthread_mutex_unlock(&to->lock);
    return 1;
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
        {&accounts[0], &accounts[1], 70},
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
