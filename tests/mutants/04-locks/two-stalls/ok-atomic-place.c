/* ok: an atomic exchange takes the place, and a short sleep waits for it */
#include "two-stalls.h"

#include <lab/lab.h>
#include <stdbool.h>

void stall_init(stall_t *s)
{
    pthread_mutex_init(&s->lock, NULL);
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    int nobody = 0;
    while (!__atomic_compare_exchange_n(&s->barista, &nobody, 1, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
        nobody = 0;
        lab_brew(500);
    }
    brew_at(s, ms);
    __atomic_store_n(&s->barista, 0, __ATOMIC_RELEASE);
}
