/* mutant: adds everything up alone
 * expect: SERIAL in three_threads
 * belief: none */
#include "collect.h"

long sum_parallel(const int *a, size_t n, int nthreads)
{
    long sum = 0;
    (void)nthreads;
    for (size_t i = 0; i < n; i++)
        sum += a[i];
    return sum;
}
