/* spawn: posix_spawn: fork, then in the child what was asked for of signals and descriptors, then exec, in one call that says
 * itself what went wrong. So nothing is started where it would.
 *
 * A list of file actions lies in the learner's posix_spawn_file_actions_t itself.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>

#include "engine/kernel/kernel.h"

/* ---- what is done to descriptors -------------------------------------------------------------------- */

struct action {
    int fd, to; /* to < 0: close */
};
#define ACTIONS ((sizeof(posix_spawn_file_actions_t) - sizeof(int)) / sizeof(struct action))
struct actions {
    int count;
    struct action at[ACTIONS];
};
_Static_assert(sizeof(struct actions) <= sizeof(posix_spawn_file_actions_t), "it has to fit");

#define LIST(name, ...)                                                                            \
    int __wrap_posix_spawn_file_actions_##name(__VA_ARGS__);                                       \
    int __wrap_posix_spawn_file_actions_##name(__VA_ARGS__)

static int add(struct actions *list, int fd, int to, uint64_t pc)
{
    access_range(list, sizeof *list, true, pc);
    if (fd < 0 || fd >= DESCRIPTORS_MAX || to >= DESCRIPTORS_MAX)
        return EBADF;
    if (list->count < 0 || list->count >= (int)ACTIONS)
        fail(.reason = REASON_LIMIT, .pc = pc, .detail = "more than 9 file actions of one posix_spawn");
    list->at[list->count++] = (struct action){fd, to};
    return 0;
}

LIST(init, struct actions *list)
{
    ENTER(CALLER);
    access_range(list, sizeof *list, true, CALLER);
    memset(list, 0, sizeof *list);
    return 0;
}

LIST(destroy, struct actions *list)
{
    ENTER(CALLER);
    access_range(list, sizeof *list, true, CALLER);
    memset(list, 0xff, sizeof *list); /* count is below 0 now */
    return 0;
}

LIST(addclose, struct actions *list, int fd)
{
    ENTER(CALLER);
    return add(list, fd, -1, CALLER);
}

LIST(adddup2, struct actions *list, int fd, int to)
{
    ENTER(CALLER);
    return to < 0 ? EBADF : add(list, fd, to, CALLER);
}

/* Is it open after the first n actions? */
static bool open_after(const struct actions *list, int n, int fd)
{
    while (n-- > 0) {
        const struct action *a = &list->at[n];
        if (a->to == fd || (a->to < 0 && a->fd == fd))
            return a->to == fd;
    }
    return descriptor_is_open(fd);
}

static bool possible(const struct actions *list)
{
    for (int i = 0; i < list->count; i++)
        if (list->at[i].to >= 0 && !open_after(list, i, list->at[i].fd))
            return false;
    return true;
}

static void act(const struct actions *list, uint64_t pc)
{
    for (int i = 0; i < list->count; i++) {
        const struct action *a = &list->at[i];
        if (a->fd == a->to)
            descriptor_inherit(a->fd);
        else if (a->to >= 0)
            descriptor_dup_to(a->fd, a->to, false, pc);
        else if (descriptor_is_open(a->fd))
            descriptor_close(a->fd, pc);
    }
}

/* ---- attributes: the C library's own, in the learner's memory ------------------------------------------ */

#define KNOWN_FLAGS (POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_RESETIDS | POSIX_SPAWN_USEVFORK)

#define ATTRIBUTE(name, type, write)                                                               \
    int __wrap_posix_spawnattr_##name(posix_spawnattr_t *at, type value);                          \
    int __wrap_posix_spawnattr_##name(posix_spawnattr_t *at, type value)                           \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        access_range(at, sizeof *at, write, CALLER);                                               \
        CHECK_##name                                                                               \
        return posix_spawnattr_##name(at, value);                                                  \
    }
#define CHECK_setflags
#define CHECK_getflags access_range(value, sizeof *value, true, CALLER);
#define CHECK_setsigmask access_range(value, sizeof *value, false, CALLER);
#define CHECK_getsigmask CHECK_getflags
#define CHECK_setsigdefault CHECK_setsigmask
#define CHECK_getsigdefault CHECK_getflags
ATTRIBUTE(setflags, short, true)
ATTRIBUTE(getflags, short *, false)
ATTRIBUTE(setsigmask, const sigset_t *, true)
ATTRIBUTE(getsigmask, sigset_t *, false)
ATTRIBUTE(setsigdefault, const sigset_t *, true)
ATTRIBUTE(getsigdefault, sigset_t *, false)

int __wrap_posix_spawnattr_init(posix_spawnattr_t *at);
int __wrap_posix_spawnattr_init(posix_spawnattr_t *at)
{
    ENTER(CALLER);
    access_range(at, sizeof *at, true, CALLER);
    return posix_spawnattr_init(at);
}

int __wrap_posix_spawnattr_destroy(posix_spawnattr_t *at);
int __wrap_posix_spawnattr_destroy(posix_spawnattr_t *at)
{
    ENTER(CALLER);
    access_range(at, sizeof *at, true, CALLER);
    return posix_spawnattr_destroy(at);
}

static short flags_of(const posix_spawnattr_t *at, uint64_t pc)
{
    short flags = 0;
    if (!at)
        return 0;
    access_range(at, sizeof *at, false, pc);
    posix_spawnattr_getflags(at, &flags);
    if (flags & ~KNOWN_FLAGS)
        fail(.reason = REASON_CALL_REFUSED, .pc = pc,
             .detail = "posix_spawn() knows POSIX_SPAWN_SETSIGMASK and POSIX_SPAWN_SETSIGDEF here: the lab has no process groups, "
                       "sessions or priorities");
    return flags;
}

static void prepare(const posix_spawnattr_t *at, short flags)
{
    sigset_t set;
    if (flags & POSIX_SPAWN_SETSIGDEF) {
        posix_spawnattr_getsigdefault(at, &set);
        mine()->ignored &= ~signals_in(&set);
    }
    if (flags & POSIX_SPAWN_SETSIGMASK) {
        posix_spawnattr_getsigmask(at, &set);
        signals_block(&set);
    }
}

/* ---- the call -------------------------------------------------------------------------------------------- */

struct order {
    const char *path;
    bool search;
    const struct actions *actions; /* NULL: none */
    const posix_spawnattr_t *at;   /* NULL: none */
    char *const *words;
};

static void be_child(const struct order *o, short flags, uint64_t pc) __attribute__((noreturn));
static void be_child(const struct order *o, short flags, uint64_t pc)
{
    prepare(o->at, flags);
    if (o->actions)
        act(o->actions, pc);
    exec_become(o->path, o->words, o->search, pc);
    run_exit(127, pc);
}

static int spawn(pid_t *id, const struct order *o, uint64_t pc)
{
    short flags = flags_of(o->at, pc);
    if (o->actions)
        access_range(o->actions, sizeof *o->actions, false, pc);
    bool exists = exec_exists(o->path, o->search, pc);
    if (!exists || (o->actions && !possible(o->actions)))
        return exists ? EBADF : ENOENT;
    pid_t pid = process_fork(pc);
    if (pid < 0)
        return *learner_errno_at();
    if (pid == 0)
        be_child(o, flags, pc);
    if (id) {
        access_range(id, sizeof *id, true, pc);
        *id = pid;
    }
    return 0;
}

#define SPAWN(name, search)                                                                        \
    int __wrap_##name(pid_t *id, const char *path, const struct actions *actions, const posix_spawnattr_t *at, \
                      char *const words[], char *const environment[]);                             \
    int __wrap_##name(pid_t *id, const char *path, const struct actions *actions, const posix_spawnattr_t *at, \
                      char *const words[], char *const environment[])                              \
    {                                                                                              \
        (void)environment; /* that of all programs here: none */                                   \
        ENTER(CALLER);                                                                             \
        return spawn(id, &(struct order){path, search, actions, at, words}, CALLER);               \
    }
SPAWN(posix_spawn, false)
SPAWN(posix_spawnp, true)
