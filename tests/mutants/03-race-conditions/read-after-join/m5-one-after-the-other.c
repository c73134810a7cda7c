/* mutant: tastes without any threads
 * expect: SERIAL in three_cups, message contains "took 3000 ms"
 * belief: M10 only a single thread can be free of races */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

int best_of(int n, int (*taste)(int))
{
    int best = -1;
    for (int i = 0; i < n; i++) {
        int score = taste(i);
        if (score > best)
            best = score;
    }
    return best;
}
