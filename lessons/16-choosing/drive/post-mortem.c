/* post-mortem: a server looks the order up and reads it out; the cook takes the same order off the table and frees it.
 * Every access to the table is made under its lock. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct order {
    int cups;
};

static struct order *table; /* has room for one order */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *server(void *arg)
{
    pthread_mutex_lock(&lock);   // 1 step
    struct order *o = table;     // 1 step
    pthread_mutex_unlock(&lock); // 1 step
    if (o) {
        puts("your order:");          // 1 step
        printf("%d cups\n", o->cups); // 1 step, and the reading comes just before it
    }
    return arg;
}

static void *cook(void *arg)
{
    pthread_mutex_lock(&lock);   // 1 step
    struct order *o = table;     // 1 step
    table = NULL;                // 1 step
    pthread_mutex_unlock(&lock); // 1 step
    free(o);                     // at once
    return arg;
}

int main(void)
{
    pthread_t s, c;
    struct order *tea = malloc(sizeof *tea);
    tea->cups = 3;
    table = tea;
    pthread_create(&s, NULL, server, NULL);
    pthread_create(&c, NULL, cook, NULL);
    pthread_join(s, NULL);
    pthread_join(c, NULL);
    return 0;
}
