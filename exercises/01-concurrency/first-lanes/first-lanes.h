/* first-lanes.h - the stall's jobs, and how to have them done. */
#ifndef FIRST_LANES_H
#define FIRST_LANES_H

/* One job: a name, and how long it takes, in milliseconds. */
typedef struct {
    const char *name;
    long ms;
} job_t;

/* A job that was started: the slip of paper with which one waits for it. */
typedef struct order *order_t;

/* The stall gives you these two. */
order_t stall_start(const job_t *job); /* begins the job and returns at once */
void stall_wait(order_t order);        /* returns when that job is ready; once for each order */

/* Yours: has all `n` jobs done, all in progress at the same time. Returns as soon as the last one is
 * ready. With n = 0 there is nothing to do. */
void serve_all(const job_t *jobs, int n);

#endif
