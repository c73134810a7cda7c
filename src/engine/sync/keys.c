/* keys: thread-specific data, and the destructors that run when a thread ends.
 *
 * A key is a number from 1: a key variable that nobody filled is none. A value is private to its
 * thread, so all these calls commute with everything and none is a step. A value belongs to the making of
 * its key: what a deleted key held is forgotten, and its destructor is not called. Each process has keys of its own; a
 * child begins with its parent's.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#define KEYS 128 /* as few as POSIX allows */

static struct key {
    uint32_t run;    /* made in this run ... */
    uint32_t making; /* ... as this one */
    void (*destroy)(void *);
} keys[MAX_THREADS][KEYS]; /* by process */
static uint32_t makings;
static uint32_t made_in; /* the last run that made a key */

static struct slot {
    uint32_t making;
    void *value;
} slots[MAX_THREADS][KEYS];

static struct key *key_in(int process, pthread_key_t key)
{
    return key >= 1 && key <= KEYS && keys[process][key - 1].run == engine.run.id ? &keys[process][key - 1] : NULL;
}
static struct key *key_of(pthread_key_t key) { return key_in(me()->process, key); }

static struct key *made(pthread_key_t key, uint64_t pc)
{
    struct key *k = key_of(key);
    if (!k)
        fail(.reason = REASON_KEY_UNKNOWN, .pc = pc);
    return k;
}

int key_create(unsigned *key, void (*destroy)(void *), uint64_t pc)
{
    spin_effect(me());
    access_range(key, sizeof *key, true, pc);
    struct key *own = keys[me()->process];
    for (unsigned i = 0; i < KEYS; i++)
        if (own[i].run != engine.run.id) {
            own[i] = (struct key){engine.run.id, ++makings, destroy};
            made_in = engine.run.id;
            *key = i + 1;
            return 0;
        }
    return EAGAIN;
}

int key_delete(unsigned key, uint64_t pc)
{
    spin_effect(me());
    made(key, pc)->run = 0;
    return 0;
}

int key_set(unsigned key, const void *value, uint64_t pc)
{
    spin_effect(me());
    uint32_t making = made(key, pc)->making;
    slots[me()->tid][key - 1] = (struct slot){making, (void *)(uintptr_t)value};
    return 0;
}

void *key_get(unsigned key, uint64_t pc)
{
    const struct key *k = made(key, pc);
    const struct slot *s = &slots[me()->tid][key - 1];
    return s->making == k->making ? s->value : NULL;
}

int __wrap_pthread_key_create(pthread_key_t *key, void (*destroy)(void *));
int __wrap_pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    ENTER(CALLER);
    return key_create(key, destroy, CALLER);
}
int __wrap_pthread_key_delete(pthread_key_t key);
int __wrap_pthread_key_delete(pthread_key_t key)
{
    ENTER(CALLER);
    return key_delete(key, CALLER);
}
int __wrap_pthread_setspecific(pthread_key_t key, const void *value);
int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
    ENTER(CALLER);
    return key_set(key, value, CALLER);
}
void *__wrap_pthread_getspecific(pthread_key_t key);
void *__wrap_pthread_getspecific(pthread_key_t key)
{
    ENTER(CALLER);
    return key_get(key, CALLER);
}

static bool destroy_round(struct slot *mine)
{
    bool any = false;
    for (unsigned i = 0; i < KEYS; i++) {
        const struct key *k = key_of(i + 1);
        void *value = k && mine[i].making == k->making ? mine[i].value : NULL;
        if (!value || !k->destroy)
            continue;
        mine[i].value = NULL;
        k->destroy(value);
        any = true;
    }
    return any;
}

void keys_end_thread(void)
{
    if (made_in != engine.run.id)
        return;
    for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS && destroy_round(slots[me()->tid]); round++)
        ;
}

void keys_fork(const struct thread *from, const struct thread *to)
{
    if (made_in != engine.run.id)
        return;
    memcpy(keys[to->process], keys[from->process], sizeof keys[0]);
    memcpy(slots[to->tid], slots[from->tid], sizeof slots[0]);
}

/* Of the first process: those that have others are not digested. Which making a value belongs to is told by whether it is still there. */
void keys_digest(struct digest *out)
{
    for (unsigned i = 0; made_in == engine.run.id && i < KEYS; i++) {
        const struct key *k = key_in(0, i + 1);
        if (!k)
            continue;
        digest_word(out, i);
        digest_word(out, (uint64_t)(uintptr_t)k->destroy);
        for (int t = 0; t < engine.run.thread_count; t++)
            digest_word(out, slots[t][i].making == k->making ? (uint64_t)(uintptr_t)slots[t][i].value : 0);
    }
}
