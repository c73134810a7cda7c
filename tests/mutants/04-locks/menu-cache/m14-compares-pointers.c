/* mutant: compares the addresses of the names
 * expect: WRONG in one_guest, message contains "loaded once and kept"
 * belief: none */
#include "menu-cache.h"

#include <stdio.h>
#include <string.h>

static struct entry *find(cache_t *c, const char *name)
{
    for (int i = 0; i < c->count; i++)
        if (c->entry[i].name == name)
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
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e) {
        pthread_mutex_unlock(&c->lock);
        if (load_price(name, &loaded) != 0)
            return -1;
        pthread_mutex_lock(&c->lock);
        e = find(c, name); /* somebody may have been faster */
    }
    if (!e)
        e = add(c, name, loaded);
    *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return 0;
}
