/* mutant: inserts an empty entry, and fills it in when the price has come
 * expect: WRONG in same_name, message contains "gave no price"
 * belief: M16 each step is locked, so the sequence is safe */
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
    int loaded, result = 0;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e) {
        e = add(c, name, 0);
        pthread_mutex_unlock(&c->lock);
        if (load_price(name, &loaded) != 0)
            result = -1;
        pthread_mutex_lock(&c->lock);
        if (result == 0)
            e->price = loaded;
        else
            c->count--;
    }
    if (result == 0)
        *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return result;
}
