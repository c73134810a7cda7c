/* mutant: asks the wholesaler before it looks
 * expect: WRONG in one_guest, message contains "asked 2 times"
 * belief: none */
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
    int p;
    if (load_price(n, &p))
        return -1;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, n);
    if (!e)
        e = add(c, n, p);
    *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return 0;
}
