/* ok: look, load and insert, each written down for itself */
#include "menu-cache.h"

#include <stdbool.h>
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

static bool look(cache_t *c, const char *name, int *price)
{
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (e)
        *price = e->price;
    pthread_mutex_unlock(&c->lock);
    return e;
}

/* Returns the price that stands in the cache, ours or that of somebody who was faster. */
static int insert(cache_t *c, const char *name, int loaded)
{
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e)
        e = add(c, name, loaded);
    int price = e->price;
    pthread_mutex_unlock(&c->lock);
    return price;
}

int price_of(cache_t *c, const char *name, int *out)
{
    int price = 0, loaded;
    bool known = look(c, name, &price);
    if (!known) {
        if (load_price(name, &loaded) != 0)
            return -1;
        price = insert(c, name, loaded);
    }
    *out = price;
    return 0;
}
