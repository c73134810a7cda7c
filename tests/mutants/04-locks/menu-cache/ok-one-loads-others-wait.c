/* ok: who comes second for a name waits until the first one has loaded it */
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

static const char *loading[MOST_NAMES]; /* names that are being loaded now; same lock as the cache */
static pthread_cond_t loaded_one = PTHREAD_COND_INITIALIZER;

static bool is_loading(const char *name)
{
    for (int i = 0; i < MOST_NAMES; i++)
        if (loading[i] && strcmp(loading[i], name) == 0)
            return true;
    return false;
}

static const char **note(const char *name)
{
    int i = 0;
    while (loading[i])
        i++;
    loading[i] = name;
    return &loading[i];
}

int price_of(cache_t *c, const char *name, int *out)
{
    int loaded, result = 0;
    pthread_mutex_lock(&c->lock);
    while (is_loading(name))
        pthread_cond_wait(&loaded_one, &c->lock);
    struct entry *e = find(c, name);
    if (!e) {
        const char **mine = note(name);
        pthread_mutex_unlock(&c->lock);
        result = load_price(name, &loaded);
        pthread_mutex_lock(&c->lock);
        if (result == 0)
            e = add(c, name, loaded);
        *mine = NULL;
        pthread_cond_broadcast(&loaded_one);
    }
    if (result == 0)
        *out = e->price;
    pthread_mutex_unlock(&c->lock);
    return result;
}
