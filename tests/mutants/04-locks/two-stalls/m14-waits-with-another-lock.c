/* mutant: waits for the place with a lock in hand that all stalls need
 * expect: SERIAL in two_and_one, message contains "waited for the queue at the other stall"
 * belief: M18 a lock that is only held while waiting for another one keeps nobody out */
#include "two-stalls.h"
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}
void serve(stall_t *s, int ms)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&s->lock);
    pthread_mutex_unlock(&a);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(&s->lock);
}
