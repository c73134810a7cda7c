/* C: two helpers count, each in its own element of one array. */
#include "programs.h"

static int tally[2];

static void *count(void *arg)
{
    int *mine = arg;
    *mine = *mine + 1;
    return NULL;
}

void program_c(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, count, &tally[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d cups\n", tally[0] + tally[1]);
}
