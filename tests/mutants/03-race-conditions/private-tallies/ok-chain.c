/* ok: each helper hires the next one; without cups nobody is hired */
#include "private-tallies.h"
#include <pthread.h>
#include <stdlib.h>

struct node {
    int left, per;
    long sum;
};
static void *count(void *a)
{
    struct node *me = a;
    pthread_t t;
    struct node next = {me->left - 1, me->per, 0};
    if (me->left > 1)
        pthread_create(&t, NULL, count, &next);
    long own = 0;
    for (int i = 0; i < me->per; i++)
        own++;
    if (me->left > 1)
        pthread_join(t, NULL);
    me->sum = own + next.sum;
    return NULL;
}
long count_all(int nthreads, int per)
{
    if (nthreads <= 0 || per <= 0)
        return 0;
    struct node first = {nthreads, per, 0};
    pthread_t t;
    pthread_create(&t, NULL, count, &first);
    pthread_join(t, NULL);
    return first.sum;
}
