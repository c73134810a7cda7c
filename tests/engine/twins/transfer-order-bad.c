// expect: deadlock deadlock_cycle; preemptions <= 1
// Each transfer locks its source first: opposite ones wait for each other.
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    long cents;
    pthread_mutex_t m;
} Account;

static Account *open_account(long cents)
{
    Account *a = malloc(sizeof *a);
    if (a == NULL)
        exit(2);
    a->cents = cents;
    pthread_mutex_init(&a->m, NULL);
    return a;
}

static void close_account(Account *a)
{
    pthread_mutex_destroy(&a->m);
    free(a);
}

static void transfer(Account *from, Account *to, long cents)
{
    pthread_mutex_lock(&from->m);
    pthread_mutex_lock(&to->m);
    from->cents -= cents;
    to->cents += cents;
    pthread_mutex_unlock(&to->m);
    pthread_mutex_unlock(&from->m);
}

static Account *mine, *yours;

static void *pay_rent(void *unused)
{
    (void)unused;
    for (int month = 0; month < 2; month++)
        transfer(mine, yours, 700);
    return NULL;
}

static void *pay_wages(void *unused)
{
    (void)unused;
    for (int month = 0; month < 2; month++)
        transfer(yours, mine, 900);
    return NULL;
}

int main(void)
{
    mine = open_account(5000);
    yours = open_account(5000);
    pthread_t a, b;
    pthread_create(&a, NULL, pay_rent, NULL);
    pthread_create(&b, NULL, pay_wages, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(mine->cents == 5400);
    assert(yours->cents == 4600);
    close_account(mine);
    close_account(yours);
    return 0;
}
