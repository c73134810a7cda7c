/* mutant: looks into the cache without the lock, and takes it to insert
 * expect: RACE in same_name, message contains "a reader needs the lock too"
 * belief: M09 only writers need the lock */
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

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded;
    struct entry *e = find(c, name);
    if (!e) {
        if (load_price(name, &loaded) != 0)
            return -1;
        pthread_mutex_lock(&c->lock);
        e = find(c, name);
        if (!e)
            e = add(c, name, loaded);
        pthread_mutex_unlock(&c->lock);
    }
    *out = e->price;
    return 0;
}
