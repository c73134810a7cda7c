/* mutant: multiplies and starts nobody
 * expect: LIMIT in two_by_two, message contains "0 threads started, 2 asked"
 * belief: M10 the safest thread is none */
#include "private-tallies.h"

#include <pthread.h>
#include <stdlib.h>

long count_all(int nthreads, int per_thread)
{
    return (long)nthreads * per_thread;
}
