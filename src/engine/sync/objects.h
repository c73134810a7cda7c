/* objects: what the rest of the engine asks of locks, waits and deadlines; their operations are in sync.h. */
#ifndef ENGINE_OBJECTS_H
#define ENGINE_OBJECTS_H

#include "engine/machine/state.h"

/* ---- objects ---- */
enum { SPACE_SHARED = -1 };
void object_check_shared(const struct object *o, uint64_t pc); /* may this process use it? */
void objects_fork(const struct thread *from, const struct thread *to); /* a process has copies of what another has */
struct object *object_get(void *addr, enum object_kind kind);
struct object *object_peek(const void *addr); /* NULL when unknown in this run */
struct object *object_renew(void *addr, enum object_kind kind); /* as object_get, and as if never used */
enum { DESTROYED_BYTE = 0xdd }; /* fills what was destroyed: no static initialiser looks like that */
/* Its owner, or one of its readers, and (if wanted) where it was taken; or TRACE_NO_THREAD. */
int object_holder(const struct object *o, uint64_t *ret_pc);
int object_waiter(const void *addr); /* a thread blocked there, or TRACE_NO_THREAD */
/* What a loop that polls `addr` would see change. */
uint64_t object_state(const void *addr);
/* The locks a thread holds, for reports. */
void held_add(void *lock, uint64_t pc);
void held_remove(void *lock);
uint64_t held_since(const struct thread *t, const void *lock); /* 0 when it does not */
void mutex_forget_owner(struct thread *t); /* t ended */
bool mutex_free_for(const struct thread *t);
void mutex_take(struct object *m, uint64_t pc);
void mutex_give(struct object *m);
void mutex_orphan(void); /* I end: my robust mutexes lose their owner */
/* ---- cancel: asked for, and t's announced operation is where it happens; if so, ends me ---- */
bool cancel_happens(const struct thread *t); /* it was asked for */
static inline bool cancel_due(const struct thread *t) { return t->cancelled && cancel_happens(t); }
void cancel_point(void);
void keys_end_thread(void); /* runs the destructors of its thread-specific data */
void once_init_tables(void);

bool rwlock_lets_read(const struct object *l); /* nobody writes, and no writer goes first */
enum { RWLOCK_QUEUES = 1 }; /* op.value of TRYWRLOCK: if it is in vain the writer waits, and readers have to; see rwlock.c */
enum { COND_TIMED = 1 }; /* op.value of COND_WAIT with a deadline, of RELOCK after it */
/* The condition variable t waits on and was not woken from; NULL: none. */
static inline void *cond_of(const struct thread *t)
{
    if (t->op.kind == EVENT_RELOCK)
        return t->signalled ? NULL : t->op.object2;
    return t->op.kind == EVENT_TIMEOUT ? t->op.object : NULL;
}
void cond_forget(struct object *c, const struct thread *t); /* t waits there no longer */
void cond_woken(struct thread *t); /* what remains for it is to lock the mutex again */
void cond_wake_for_nothing(struct thread *t); /* without a signal; it waits on one */

/* ---- time: deadlines ---- */
/* Absolute time on that clock -> virtual time. EINVAL: no such clock, or no such time. */
int time_deadline(clockid_t clock, const struct timespec *when, uint64_t pc, int64_t *ret);
bool deadline_passed(const struct thread *t);
/* step(), for an operation that is enabled also when the deadline has passed: `enabled` says so. */
void step_until(enum event_kind kind, void *object, int64_t deadline, bool (*enabled)(const struct thread *));

#endif
