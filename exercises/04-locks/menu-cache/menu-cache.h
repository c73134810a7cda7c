/* menu-cache.h - prices that were asked for once are kept. */
#ifndef MENU_CACHE_H
#define MENU_CACHE_H

#include <pthread.h>

enum { MOST_NAMES = 4, NAME_SIZE = 16 }; /* at most 4 names are ever asked for, 15 letters each */

struct entry {
    char name[NAME_SIZE];
    int price;
};

typedef struct {
    pthread_mutex_t lock; /* protects: count, entry */
    int count;            /* entries in use */
    struct entry entry[MOST_NAMES];
} cache_t;

/* The price of `name`, as the cache has it. If it is not there, loads it and puts it there: one entry a
 * name, however many ask for it at the same time. All who ask get the price in that entry.
 * Returns 0 and sets *out; or -1 if the price cannot be loaded: then nothing is put into the cache,
 * and *out stays as it is.
 *
 * Others use the cache as well, with `lock` held: the boss raises prices. */
int price_of(cache_t *c, const char *name, int *out);

/* Yours to call: asks the wholesaler, which takes 2 seconds. Returns 0 and sets *price, or
 * -1, and *price stays as it is.
 * Nobody may have to wait for a lock because of that: call it without one. Two who ask for the
 * same name at the same time may both call it; they may get different prices. */
int load_price(const char *name, int *price);

#endif
