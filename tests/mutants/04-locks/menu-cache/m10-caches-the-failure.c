/* mutant: puts an entry there even if the price could not be loaded
 * expect: WRONG in wholesaler_says_no, message contains "one entry a name"
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

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded = 0, failed = 0;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e) {
        pthread_mutex_unlock(&c->lock);
        failed = load_price(name, &loaded);
        pthread_mutex_lock(&c->lock);
        e = find(c, name); /* somebody may have been faster */
    }
    if (!e)
        e = add(c, name, loaded);
    if (!failed)
        *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return failed;
}
