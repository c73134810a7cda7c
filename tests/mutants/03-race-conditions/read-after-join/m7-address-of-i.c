/* mutant: hands out the address of the loop variable as the number of the cup
 * expect: RACE in three_cups, message contains "access i of best_of()"
 * belief: M26 each thread gets the value the variable had when it was created */
#include "read-after-join.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST = 16 };

static int (*taste_it)(int);
static int scores[MOST];

static void *run(void *arg)
{
    int cup = *(int *)arg;
    scores[cup] = taste_it(cup);
    return NULL;
}

int best_of(int n, int (*taste)(int))
{
    pthread_t thread[MOST];
    int best = -1;
    taste_it = taste;
    for (int i = 0; i < n; i++)
        pthread_create(&thread[i], NULL, run, &i);
    for (int i = 0; i < n; i++) {
        pthread_join(thread[i], NULL);
        if (scores[i] > best)
            best = scores[i];
    }
    return best;
}
