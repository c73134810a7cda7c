/* semnamed: sem_open, sem_close, sem_unlink. A name leads to a semaphore in the C library's memory, which
 * the calls of sem.c then use.
 *
 * A name that is removed leads nowhere, but whoever has the semaphore open goes on with it. One that everybody
 * closed keeps its count for the next sem_open. Names are for all processes; whether a semaphore is open each process
 * has for itself, and a child begins with what its parent had open. Every run begins without names, and nothing is used twice.
 *
 * None of the three commutes with another: each may decide what the next one finds.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <string.h>

#define LONGEST 250 /* bytes of a name, as in glibc */

static struct named {
    uint32_t run;
    bool linked;
    int opened[MAX_THREADS]; /* by process */
    char name[LONGEST + 2];
} table[NAMED_SEMS];

_Static_assert(sizeof(sem_t) == 32, "the layout in library.c");
static sem_t *address_of(const struct named *n) { return (sem_t *)library_place(LIBRARY_SEMS) + (n - table); }

static struct named *named_at(const void *addr)
{
    size_t i = (size_t)((const sem_t *)addr - (sem_t *)library_place(LIBRARY_SEMS));
    return library_owns(addr) && i < NAMED_SEMS && table[i].run == engine.run.id ? &table[i] : NULL;
}

bool sem_is_named(const void *addr) { return named_at(addr) != NULL; }

bool sem_is_closed(const void *addr)
{
    const struct named *n = named_at(addr);
    return n && !n->opened[me()->process];
}

void sems_fork(const struct thread *from, const struct thread *to)
{
    for (int i = 0; i < NAMED_SEMS && table[i].run == engine.run.id; i++)
        table[i].opened[to->process] = table[i].opened[from->process];
}

char *sem_name(const void *addr)
{
    const struct named *n = named_at(addr);
    return xasprintf("the semaphore \"%s\"", n ? n->name : "?");
}

static struct named *find(const char *name)
{
    for (int i = 0; i < NAMED_SEMS; i++)
        if (table[i].run == engine.run.id && table[i].linked && strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

/* The name without the slash it may begin with; NULL and errno: not a name. */
static const char *read_name(const char *name, uint64_t pc)
{
    engine.run.undigested = true;
    access_string(name, ANY_LENGTH, pc);
    const char *rest = name + strspn(name, "/");
    if (*rest && !strchr(rest, '/') && strlen(rest) <= LONGEST)
        return rest;
    learner_errno(strlen(rest) > LONGEST ? ENAMETOOLONG : EINVAL);
    return NULL;
}

static sem_t *create(const char *name, unsigned value, uint64_t pc)
{
    struct named *n = table;
    if (value > SEM_VALUE_MAX) {
        learner_errno(EINVAL);
        return SEM_FAILED;
    }
    while (n < table + NAMED_SEMS && n->run == engine.run.id)
        n++;
    if (n == table + NAMED_SEMS)
        fail(.reason = REASON_LIMIT, .detail = "more than 32 named semaphores in one run", .pc = pc);
    *n = (struct named){.run = engine.run.id, .linked = true};
    strcpy(n->name, name);
    object_renew(address_of(n), OBJECT_SEM)->value = value;
    record(EVENT_SEM_INIT, address_of(n), value, pc);
    return address_of(n);
}

static sem_t *open_named(const char *name, int flags, unsigned value, uint64_t pc)
{
    struct named *n = find(name);
    if ((n && (flags & O_CREAT) && (flags & O_EXCL)) || (!n && !(flags & O_CREAT))) {
        learner_errno(n ? EEXIST : ENOENT);
        return SEM_FAILED;
    }
    sem_t *s = n ? address_of(n) : create(name, value, pc);
    if (s != SEM_FAILED)
        named_at(s)->opened[me()->process]++;
    return s;
}

sem_t *__wrap_sem_open(const char *name, int flags, ...);
sem_t *__wrap_sem_open(const char *name, int flags, ...)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    unsigned value = 0;
    if (flags & O_CREAT) {
        va_list ap;
        va_start(ap, flags);
        (void)va_arg(ap, unsigned); /* the mode: everybody here is one and the same person */
        value = va_arg(ap, unsigned);
        va_end(ap);
    }
    const char *rest = read_name(name, pc);
    if (!rest)
        return SEM_FAILED;
    step(EVENT_SEM_OPEN, library_place(LIBRARY_SEM_NAMES), always);
    sem_t *s = open_named(rest, flags, value, pc);
    record(EVENT_SEM_OPEN, s == SEM_FAILED ? library_place(LIBRARY_SEM_NAMES) : s, 0, pc);
    return s;
}

/* A thread of this process that waits there. */
static int waiter_here(const sem_t *addr)
{
    for (int i = 0; i < engine.run.thread_count; i++) {
        const struct thread *t = &engine.threads[i];
        if (t->process == me()->process && t->alive && !t->ended && t->op.kind == EVENT_SEM_WAIT && t->op.object == addr &&
            !t->op.enabled(t))
            return i;
    }
    return TRACE_NO_THREAD;
}

int __wrap_sem_close(sem_t *addr);
int __wrap_sem_close(sem_t *addr)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    step(EVENT_SEM_CLOSE, library_place(LIBRARY_SEM_NAMES), always);
    struct named *n = named_at(addr);
    record(EVENT_SEM_CLOSE, n ? addr : library_place(LIBRARY_SEM_NAMES), 0, pc);
    if (!n || !n->opened[me()->process])
        return learner_errno(EINVAL);
    int waiter = waiter_here(addr);
    if (--n->opened[me()->process] == 0 && waiter != TRACE_NO_THREAD)
        fail(.reason = REASON_DESTROY_WAITED, .object = addr, .other = waiter + 1, .pc = pc);
    return 0;
}

int __wrap_sem_unlink(const char *name);
int __wrap_sem_unlink(const char *name)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    const char *rest = read_name(name, pc);
    if (!rest)
        return -1;
    step(EVENT_SEM_UNLINK, library_place(LIBRARY_SEM_NAMES), always);
    struct named *n = find(rest);
    record(EVENT_SEM_UNLINK, library_place(LIBRARY_SEM_NAMES), 0, pc);
    if (!n)
        return learner_errno(ENOENT);
    n->linked = false;
    return 0;
}
