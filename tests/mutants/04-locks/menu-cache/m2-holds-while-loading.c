/* mutant: gives the lock back on every way out, and holds it while loading
 * expect: SERIAL in two_names, message contains "always take 4 seconds"
 * belief: M18 holding a lock costs nothing */
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
    int result = 0, loaded;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e && load_price(name, &loaded) == 0)
        e = add(c, name, loaded);
    if (e)
        *out = e->price;
    else
        result = -1;
    pthread_mutex_unlock(&c->lock);
    return result;
}
