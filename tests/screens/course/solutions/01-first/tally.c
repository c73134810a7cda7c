#include "tally.h"

#include <pthread.h>

int total;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void count(void)
{
    pthread_mutex_lock(&lock);
    total++;
    pthread_mutex_unlock(&lock);
}
