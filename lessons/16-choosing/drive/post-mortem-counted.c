/* post-mortem-counted: the same, and the order counts who still uses it. Whoever is the last frees it. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct order {
    int cups;
    int users; /* the table is one of them; changed under the lock */
};

static struct order *table; /* has room for one order */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void let_go(struct order *o)
{
    pthread_mutex_lock(&lock);
    int left = --o->users;
    pthread_mutex_unlock(&lock);
    if (left == 0)
        free(o);
}

static void *server(void *arg)
{
    pthread_mutex_lock(&lock);
    struct order *o = table;
    if (o)
        o->users++;
    pthread_mutex_unlock(&lock);
    if (o) {
        puts("your order:");
        printf("%d cups\n", o->cups);
        let_go(o);
    }
    return arg;
}

static void *cook(void *arg)
{
    pthread_mutex_lock(&lock);
    struct order *o = table;
    table = NULL;
    pthread_mutex_unlock(&lock);
    let_go(o);
    return arg;
}

int main(void)
{
    pthread_t s, c;
    struct order *tea = malloc(sizeof *tea);
    *tea = (struct order){.cups = 3, .users = 1};
    table = tea;
    pthread_create(&s, NULL, server, NULL);
    pthread_create(&c, NULL, cook, NULL);
    pthread_join(s, NULL);
    pthread_join(c, NULL);
    return 0;
}
