/* philosophers.h - a round table: between two neighbours lies one fork, and to eat takes two. */
#ifndef PHILOSOPHERS_H
#define PHILOSOPHERS_H

enum { MOST_SEATS = 8 };

/* Lays the table for `n` philosophers, 2 to MOST_SEATS, numbered from 0. Called once, before all else. */
void table_init(int n);

/* Philosopher `i` takes both forks: the one between i - 1 and i, and the one between i and i + 1 (after the
 * last one comes 0 again). Waits until both can be had. */
void pick_up(int i);

/* Philosopher `i` puts both forks down. */
void put_down(int i);

#endif
