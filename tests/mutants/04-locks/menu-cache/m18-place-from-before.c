/* mutant: keeps the place for the new entry from before the load
 * expect: WRONG in two_names, message contains "entries in the cache: 1"
 * belief: M05 nobody else inserts just then */
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
int price_of(cache_t *c, const char *n, int *out)
{
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, n);
    if (!e) {
        int k = c->count;
        pthread_mutex_unlock(&c->lock);
        int p;
        if (load_price(n, &p))
            return -1;
        pthread_mutex_lock(&c->lock);
        e = find(c, n);
        if (!e) {
            e = &c->entry[k];
            snprintf(e->name, sizeof e->name, "%s", n);
            e->price = p;
            c->count = k + 1;
        }
    }
    *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return 0;
}
