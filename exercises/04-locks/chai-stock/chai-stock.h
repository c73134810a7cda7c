/* chai-stock.h - a shelf that any number of threads may use. */
#ifndef CHAI_STOCK_H
#define CHAI_STOCK_H

#include <pthread.h>
#include <stdbool.h>

typedef struct {
    pthread_mutex_t lock; /* protects: cups. Nobody holds it when a function returns. */
    int cups;             /* on the shelf, never below 0 */
} stock_t;

/* Makes `s` a shelf with `n` cups. The first call for a shelf; no other thread knows it yet. */
void stock_init(stock_t *s, int n);

/* Puts `n` cups on the shelf, all at once: nobody ever counts only some of them. */
void restock(stock_t *s, int n);

/* Takes one cup and returns true; returns false, and takes none, if the shelf is empty. */
bool sell(stock_t *s);

/* How many cups stand on the shelf now. */
int stock_count(stock_t *s);

/* The last call for a shelf; nobody uses it any more. It may be initialised again later. */
void stock_destroy(stock_t *s);

#endif
