/* sync: the operations of threads, mutexes, condition variables, once and keys, as pthreads and
 * <threads.h> both offer them.
 *
 * Each is called after ENTER, takes the learner's pc, and answers as its pthread namesake does.
 */
#ifndef ENGINE_SYNC_SYNC_H
#define ENGINE_SYNC_SYNC_H

#include <pthread.h>
#include <signal.h>

#include "engine/engine.h"

enum create_how {
    CREATE_JOINABLE,
    CREATE_DETACHED,
    CREATE_C11, /* joinable, and the new thread may rely on its id being stored */
    CREATE_LAB  /* the scenario's own: not counted, never made to fail, and `id` is the engine's memory */
};
int thread_create(pthread_t *id, enum create_how how, void *(*start)(void *), void *arg, uint64_t pc);
void *thread_join(pthread_t id, uint64_t pc);
struct thread *thread_to_join(pthread_t id, uint64_t pc); /* misuse ends the run */
void thread_joined(struct thread *t, uint64_t pc);       /* t has ended, and the caller has joined it */
int thread_detach(pthread_t id, uint64_t pc);
struct thread *thread_of(pthread_t id); /* NULL: none has that id */
/* Cleanup handlers, then the end; `how` says what it comes from, for the thread that a test needs (failure test_left). */
void thread_unwind(void *result, const char *how, uint64_t pc) __attribute__((noreturn));
pthread_t thread_id(const struct thread *t);
int thread_yield(uint64_t pc);
void signals_block(const sigset_t *set); /* for the caller, without a step */
uint64_t signals_in(const sigset_t *set);  /* bit sig - 1 */
void signals_fill(sigset_t *set, uint64_t bits);
void signal_keep(uint64_t *pending, int sig, uint64_t pc); /* until it is taken */
void signal_publish(const struct thread *t); /* what was before it is sent is before it is taken */
/* Of the pending ones among these, for t or its process, there being one: t's own come first, and the lowest first. */
int signal_first(const struct thread *t, uint64_t among);
int signal_take(struct thread *t, uint64_t among); /* the caller learns what was before it; t->taken: where it came from */
void signal_fill(siginfo_t *info, int sig, const struct signal_origin *from);
/* set is the caller's mask until signals_return: for a call that waits with it. A step. NULL: it keeps its own, and neither does
 * anything. What the lent mask held back comes on return; errno stays. */
void signals_lend(const sigset_t *set, uint64_t *ret_old, uint64_t pc);
void signals_return(uint64_t old, uint64_t pc);
int signal_send(struct thread *t, int sig, uint64_t pc);
int once_run(void *addr, size_t size, void (*fn)(void), uint64_t pc);

/* What a pthread_mutexattr_t holds, in its first bytes: the type and these. */
enum { MUTEX_TYPE = 0xff, MUTEX_ROBUST = 0x100, MUTEX_SHARED = 0x200, MUTEX_PROTOCOL = 0xc00, MUTEX_PROTECT = PTHREAD_PRIO_PROTECT << 10, MUTEX_CEILING = 0xff0000 };
struct object *mutex_object(pthread_mutex_t *addr, uint64_t pc); /* usable, or the run fails */
int mutex_init(pthread_mutex_t *addr, int attributes, uint64_t pc);
int mutex_state(const struct object *m); /* 0, EOWNERDEAD or ENOTRECOVERABLE */
int mutex_destroy(pthread_mutex_t *addr, uint64_t pc);
int mutex_lock(pthread_mutex_t *addr, uint64_t pc);
int mutex_trylock(pthread_mutex_t *addr, uint64_t pc);
int mutex_timedlock(pthread_mutex_t *addr, clockid_t clock, const struct timespec *when, uint64_t pc);
int mutex_unlock(pthread_mutex_t *addr, uint64_t pc);

/* What a pthread_condattr_t holds. */
enum { COND_CLOCK = 0xff, COND_SHARED = 0x100 };
int cond_init(pthread_cond_t *addr, clockid_t clock, uint64_t pc);
int cond_destroy(pthread_cond_t *addr, uint64_t pc);
int cond_wait(pthread_cond_t *addr, pthread_mutex_t *mutex, uint64_t pc);
int cond_timedwait(pthread_cond_t *addr, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *when,
                   uint64_t pc);
int cond_signal(pthread_cond_t *addr, uint64_t pc);
int cond_broadcast(pthread_cond_t *addr, uint64_t pc);

int key_create(unsigned *key, void (*destroy)(void *), uint64_t pc);
int key_delete(unsigned key, uint64_t pc);
int key_set(unsigned key, const void *value, uint64_t pc);
void *key_get(unsigned key, uint64_t pc);

/* Printing, where the program uses flockfile: false: it does not. */
bool stream_enter(uint64_t pc);
void stream_leave(uint64_t pc);

bool time_good(const struct timespec *span); /* a length of time */
bool time_has_clock(clockid_t clock);
void time_now(clockid_t clock, struct timespec *out, uint64_t pc); /* a clock there is */
int64_t time_ns(const struct timespec *span); /* a good one; at most some hundred years */
int64_t time_after(int64_t at, int64_t ns);   /* that much later; at most NEVER - 1 */
void sleep_for(int64_t ns, uint64_t pc);

#endif
