/* ok: the price is read in a section of its own */
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

int price_of(cache_t *c, const char *n, int *out)
{
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, n);
    pthread_mutex_unlock(&c->lock);
    if (!e) {
        int p;
        if (load_price(n, &p)) {
            return -1;
        }
        pthread_mutex_lock(&c->lock);
        e = find(c, n);
        if (!e)
            e = add(c, n, p);
        pthread_mutex_unlock(&c->lock);
    }
    pthread_mutex_lock(&c->lock);
    *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return 0;
}
