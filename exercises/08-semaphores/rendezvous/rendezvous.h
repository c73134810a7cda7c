/* rendezvous.h - two threads meet in the middle of each round. */
#ifndef RENDEZVOUS_H
#define RENDEZVOUS_H

#include <semaphore.h>

typedef struct {
    sem_t a_was_here; /* a token for each A1 that was said */
    sem_t b_was_here; /* a token for each B1 that was said */
} rv_t;

/* Prepares a meeting; called once, before the two threads start. */
void rv_init(rv_t *rv);

/* One thread calls thread_a, another one thread_b, with the same number of rounds. In each round the one
 * says "A1", then "A2", the other "B1", then "B2". The A2 of a round comes after the B1 of that round, and
 * the B2 of a round after its A1. A1 and B1 wait for nobody of their round. */
void thread_a(rv_t *rv, int rounds);
void thread_b(rv_t *rv, int rounds);

/* Yours to call: says one of the four. It may take a second. */
void say(const char *what);

#endif
