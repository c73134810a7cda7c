/* mutant: the writers who wait are counted in one place, for all locks
 * expect: RACE in two_boards
 * belief: M14, M15 one count is enough for all boards */
#include "menu-rwlock.h"
static int waiting_;

void rw_init(rw_t *l)
{
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, NULL);
    l->readers = 0;
    l->writing = false;
    l->writers_waiting = 0;
}

void rw_rdlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->writing || waiting_ > 0)
        pthread_cond_wait(&l->changed, &l->lock);
    l->readers++;
    pthread_mutex_unlock(&l->lock);
}

void rw_rdunlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->readers--;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}

void rw_wrlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    waiting_++;
    while (l->writing || l->readers > 0)
        pthread_cond_wait(&l->changed, &l->lock);
    waiting_--;
    l->writing = true;
    pthread_mutex_unlock(&l->lock);
}

void rw_wrunlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->writing = false;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}
