/* mutant: looks under one lock, inserts under another
 * expect: RACE in same_name, message contains "different locks"
 * belief: M14 several locks for the same data are fine */
#include "menu-cache.h"

#include <stdio.h>
#include <string.h>

static struct entry *find(cache_t *c, const char *name)
{
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->entry[i].name, name) == 0)
            return &c->entry[i];
    return NULL;
}

static struct entry *add(cache_t *c, const char *name, int price)
{
    struct entry *e = &c->entry[c->count++];
    snprintf(e->name, sizeof e->name, "%s", name);
    e->price = price;
    return e;
}

static pthread_mutex_t inserting = PTHREAD_MUTEX_INITIALIZER;

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    int price = e ? e->price : 0;
    pthread_mutex_unlock(&c->lock);
    if (!e) {
        if (load_price(name, &loaded) != 0)
            return -1;
        pthread_mutex_lock(&inserting);
        e = find(c, name);
        if (!e)
            e = add(c, name, loaded);
        price = e->price;
        pthread_mutex_unlock(&inserting);
    }
    *out = price;
    return 0;
}
