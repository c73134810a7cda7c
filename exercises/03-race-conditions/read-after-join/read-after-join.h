/* read-after-join.h - the best of several cups, all tasted at the same time. */
#ifndef READ_AFTER_JOIN_H
#define READ_AFTER_JOIN_H

/* Has `n` cups tasted, all at the same time: taste(i) takes one second and returns the score of
 * cup i, which is never negative. Calls taste once for each i from 0 to n - 1. Returns the best
 * score, or -1 if n is 0. When it returns, no thread is running any more. */
int best_of(int n, int (*taste)(int));

#endif
