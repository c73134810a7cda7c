/* ok: who changes the state from NOT_YET runs init; the others wait for DONE */
#include "once.h"
static int claim(once_t *o)
{
    enum once_state s = NOT_YET;
    return __atomic_compare_exchange_n(&o->state, &s, RUNNING, 0, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}
void once_run(once_t *o, void (*init)(void))
{
    if (claim(o)) {
        init();
        pthread_mutex_lock(&o->lock);
        __atomic_store_n(&o->state, DONE, __ATOMIC_RELEASE);
        pthread_cond_broadcast(&o->changed);
        pthread_mutex_unlock(&o->lock);
        return;
    }
    if (__atomic_load_n(&o->state, __ATOMIC_ACQUIRE) == DONE)
        return;
    pthread_mutex_lock(&o->lock);
    while (__atomic_load_n(&o->state, __ATOMIC_ACQUIRE) != DONE)
        pthread_cond_wait(&o->changed, &o->lock);
    pthread_mutex_unlock(&o->lock);
}
