/* transfer.h - money goes from one account to another. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <pthread.h>

typedef struct {
    int id;            /* never changes; no two accounts have the same */
    long cents;        /* never below 0 */
    pthread_mutex_t m; /* protects: cents */
} account_t;

/* Moves `cents`, which are 0 or more, from one account to the other. Returns 0; or -1 if `from` has
 * not got that much, and then nothing changes. `from` and `to` may be the same account: it then
 * keeps what it has. Nobody holds a lock of an account when it returns.
 *
 * Whoever holds the locks of all accounts, sees all the money. The auditor does: he takes the locks in
 * the order of their ids, the smallest first, and adds up. */
int transfer(account_t *from, account_t *to, long cents);

#endif
