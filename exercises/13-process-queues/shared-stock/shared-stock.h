/* shared-stock.h - cups that several processes sell. */
#ifndef SHARED_STOCK_H
#define SHARED_STOCK_H

#include <pthread.h>
#include <stdbool.h>

typedef struct {
    pthread_mutex_t lock; /* protects cups; others who look at them take it, too, and may die with it */
    int cups;
} stock_t;

/* A shelf with n cups, for the process that asks for it and for all that it starts later. */
stock_t *shared_stock_new(int n);

/* Takes one cup. False: there was none. Any number of processes call it at once, and any of them may be killed at any
 * moment: then the others go on, and each cup that is left is sold once. */
bool shared_sell(stock_t *s);

/* This process needs it no longer. */
void shared_stock_free(stock_t *s);

#endif
