/* ok: one exit label for success and failure */
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
    int result = -1, loaded;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (e)
        goto found;
    pthread_mutex_unlock(&c->lock);
    int failed = load_price(name, &loaded);
    pthread_mutex_lock(&c->lock);
    if (failed)
        goto out;
    e = find(c, name);
    if (!e)
        e = add(c, name, loaded);
found:
    *out = e->price;
    result = 0;
out:
    pthread_mutex_unlock(&c->lock);
    return result;
}
