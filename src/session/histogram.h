/* histogram: samples in bins a person can read: every edge is a round number, a multiple of 1, 2 or
 * 5 times a power of ten. The screen and the plain text of a demo show the same bins.
 */
#ifndef SESSION_HISTOGRAM_H
#define SESSION_HISTOGRAM_H

#include "base/base.h"

#define HISTOGRAM_BINS 8
struct histogram {
    struct histogram_bin {
        double low, high; /* low <= value < high; or, where they are equal, exactly this value */
        size_t count;
    } bins[HISTOGRAM_BINS];
    size_t count, samples, most;
};

/* What is not finite is left out. The smallest value gets a bin of its own when it is there more
 * than once, so that "nothing was lost" stands by itself. Whole numbers stay whole. */
void histogram_make(struct histogram *h, const double *values, size_t n);
/* "5 to 10", or "0" for one value. Caller frees. */
char *histogram_label(const struct histogram_bin *b);

#endif
