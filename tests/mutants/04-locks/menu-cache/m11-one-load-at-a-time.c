/* mutant: loads under a lock of its own
 * expect: SERIAL in two_names, message contains "always take 4 seconds"
 * belief: M18 another lock for the waiting costs nothing */
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

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded;
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, name);
    if (!e) {
        pthread_mutex_unlock(&c->lock);
        pthread_mutex_lock(&loading);
        int failed = load_price(name, &loaded);
        pthread_mutex_unlock(&loading);
        if (failed)
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
