/* barrier.h - n threads wait for each other, round after round. */
#ifndef BARRIER_H
#define BARRIER_H

#include <pthread.h>

typedef struct {
    pthread_mutex_t lock; /* protects everything below */
    pthread_cond_t all_here;
    int n;       /* threads that meet */
    int count;   /* those who have arrived in this round */
    long round;  /* rounds that are complete */
} bar_t;

/* A barrier for n (1 or more) threads. Called once for each barrier, before anybody waits at it. */
void bar_init(bar_t *b, int n);

/* Called by each of the n threads, once a round, for any number of rounds. Returns only when all n have
 * called it in this round. Returns 1 in exactly one of them, whichever, and 0 in all others. */
int bar_wait(bar_t *b);

#endif
