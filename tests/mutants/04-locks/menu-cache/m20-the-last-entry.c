/* mutant: after loading it takes the last entry, whoever put it there
 * expect: WRONG in two_and_another
 * belief: M05 nobody else inserts while I am here */
#include "menu-cache.h"

#include <stdio.h>
#include <string.h>

/* The entry of that name, or NULL. Whoever calls this holds the lock. */
static struct entry *find(cache_t *c, const char *name)
{
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->entry[i].name, name) == 0)
            return &c->entry[i];
    return NULL;
}

/* A new entry. Whoever calls this holds the lock. */
static struct entry *add(cache_t *c, const char *name, int price)
{
    struct entry *e = &c->entry[c->count++];
    snprintf(e->name, sizeof e->name, "%s", name);
    e->price = price;
    return e;
}

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e) {
        pthread_mutex_unlock(&c->lock);
        if (load_price(name, &loaded) != 0)
            return -1;
        pthread_mutex_lock(&c->lock);
        if (!find(c, name))
            add(c, name, loaded);
        e = &c->entry[c->count - 1];
    }
    *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return 0;
}
