/* streams: flockfile and its relatives. stdout and stderr share one recursive lock here, for they share one text. A
 * program that never calls these pays nothing; in one that does, every print takes the lock.
 */
#include "engine/sync/sync.h"

#include <stdio.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

static pthread_mutex_t *lock_of(FILE *f, uint64_t pc)
{
    pthread_mutex_t *lock = library_place(LIBRARY_STDOUT);
    if (f != stdout && f != stderr)
        fail(.reason = REASON_BAD_ARGUMENT, .detail = "flockfile", .pc = pc);
    if (!object_peek(lock))
        mutex_init(lock, PTHREAD_MUTEX_RECURSIVE, pc);
    return lock;
}

bool stream_enter(uint64_t pc)
{
    pthread_mutex_t *lock = library_place(LIBRARY_STDOUT);
    return object_peek(lock) && mutex_lock(lock, pc) == 0;
}

void stream_leave(uint64_t pc) { mutex_unlock(library_place(LIBRARY_STDOUT), pc); }

DECLARE(void, __wrap_flockfile, FILE *f) { ENTER(CALLER); mutex_lock(lock_of(f, CALLER), CALLER); }
DECLARE(int, __wrap_ftrylockfile, FILE *f) { ENTER(CALLER); return mutex_trylock(lock_of(f, CALLER), CALLER); }

DECLARE(void, __wrap_funlockfile, FILE *f)
{
    ENTER(CALLER);
    if (mutex_unlock(lock_of(f, CALLER), CALLER) != 0)
        fail(.reason = REASON_RULE, .detail = "funlockfile by a thread that did not call flockfile", .pc = CALLER);
}
