/* mutant: whoever came second answers with the price it loaded itself
 * expect: WRONG in same_name, message contains "one guest heard"
 * belief: M16 what I loaded is what the cache has */
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
    int price = 0;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (e)
        price = e->price;
    pthread_mutex_unlock(&c->lock);
    if (!e) {
        if (load_price(name, &price) != 0)
            return -1;
        pthread_mutex_lock(&c->lock);
        if (!find(c, name))
            add(c, name, price);
        pthread_mutex_unlock(&c->lock);
    }
    *out = price;
    return 0;
}
