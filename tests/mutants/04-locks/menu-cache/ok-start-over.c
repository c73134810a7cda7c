/* ok: after loading it starts over: then the name is there */
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

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded = 0;
    bool have = false;
    for (;;) {
        pthread_mutex_lock(&c->lock);
        struct entry *e = find(c, name);
        if (!e && have)
            e = add(c, name, loaded);
        if (e) {
            *out = e->price;
            pthread_mutex_unlock(&c->lock);
            return 0;
        }
        pthread_mutex_unlock(&c->lock);
        if (load_price(name, &loaded) != 0)
            return -1;
        have = true;
    }
}
