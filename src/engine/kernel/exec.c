/* exec: a process becomes another program: one of tool.c's. What POSIX lets it keep it keeps: its number, its parent and
 * children, the descriptors that are not close-on-exec, ignored and blocked signals. Everything else is gone:
 * the other threads, memory, locks, mappings, what stdio has not written, functions for exit. So nothing that is left
 * in them is anybody's fault.
 *
 * The thread that called goes on as the tool, on its own stack, and never comes back.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine/kernel/tool.h"

#define TOO_MANY_WORDS "a program is started with at most 64 words of 8 KB together here"

static struct call calls[MAX_THREADS]; /* one for each process */

/* ---- what was asked for --------------------------------------------------------------------------- */

/* The tool behind a path; search: as a shell looks for it. */
static const struct tool *find(const char *path, bool search)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) : 0;
    bool known = slash ? (folder == 4 && memcmp(path, "/bin", 4) == 0) || (folder == 8 && memcmp(path, "/usr/bin", 8) == 0)
                       : search;
    return known ? tool_find(slash ? slash + 1 : path) : NULL;
}

/* Copies the arguments out of memory that will be gone. */
static void copy_words(struct call *c, char *const *words, uint64_t pc)
{
    c->count = 0;
    c->used = 0;
    c->pc = pc;
    c->out = 1;
    for (int i = 0; words[i]; i++) {
        size_t n = access_string(words[i], ANY_LENGTH, pc);
        if (!tool_word(c, words[i], n))
            fail(.reason = REASON_LIMIT, .pc = pc, .detail = TOO_MANY_WORDS);
    }
}

/* ---- becoming it ------------------------------------------------------------------------------------ */

static void close_on_exec(uint64_t pc)
{
    const struct process *p = mine();
    for (int fd = 0; fd < p->fd_count; fd++)
        if (p->fds[fd].file && p->fds[fd].cloexec)
            descriptor_forget(fd, pc);
}

/* lab_exec_clean: the new program is to have the standard three and no more. */
static void check_clean(uint64_t pc)
{
    uint64_t opened;
    int fd = descriptor_first_open(&opened);
    if (engine.run.exec_clean && fd >= 0)
        fail(.reason = REASON_FD_INHERITED, .value = (uint64_t)fd, .pc = pc, .pc2 = opened);
}

static void forget_all(void)
{
    struct process *p = mine();
    struct thread *t = me();
    process_end_others();
    mutex_orphan();
    mutex_forget_owner(t);
    t->held_count = 0;
    t->cancelled = false;
    t->uncancellable = true;
    t->loop.limit = 0;
    t->sem_taken = NULL;
    p->leader = t->tid;
    p->mappings = 0;
    p->out.len = 0;
    p->exit_count = 0;
    p->handled = 0;
    memset(p->actions, 0, sizeof p->actions);
    p->tool = true;
    p->of_threads = false;
}

static void become(const struct tool *tool, struct call *c) __attribute__((noreturn));
static void become(const struct tool *tool, struct call *c)
{
    if (!me()->process && engine.scenario)
        fail(.reason = REASON_EXEC_EARLY, .pc = c->pc, .detail = c->words[0]);
    close_on_exec(c->pc);
    check_clean(c->pc);
    forget_all();
    int status = tool_run(tool, c) & 0xff;
    process_exit_now();
    run_exit(status, c->pc);
}

static int execute(const char *path, char *const *words, bool search, uint64_t pc)
{
    if (!path)
        return learner_errno(EFAULT);
    access_string(path, 4096, pc);
    struct call *c = &calls[me()->process];
    copy_words(c, words, pc);
    if (!c->count)
        return learner_errno(EINVAL);
    const struct tool *tool = find(path, search);
    engine.run.used_kernel = engine.run.undigested = true;
    spin_effect(me());
    op_with(hash_bytes(c->text, c->used, HASH_SEED));
    step2(EVENT_EXEC, NULL, NULL, tool != NULL, always);
    struct trace_event *ev = record(EVENT_EXEC, NULL, tool ? 0 : ENOENT, pc);
    if (ev)
        ev->text = xstrndup(path, 100);
    if (!tool)
        return learner_errno(ENOENT);
    become(tool, c);
}

bool exec_exists(const char *path, bool search, uint64_t pc)
{
    access_string(path, 4096, pc);
    return find(path, search) != NULL;
}

/* With words in the learner's memory. */
int exec_become(const char *path, char *const *words, bool search, uint64_t pc)
{
    if (!words)
        return learner_errno(EFAULT);
    for (int i = 0; i == 0 || words[i - 1]; i++)
        access_range(&words[i], sizeof *words, false, pc);
    return execute(path, words, search, pc);
}

/* ---- calls --------------------------------------------------------------------------------------------- */

int __wrap_execv(const char *path, char *const words[]);
int __wrap_execv(const char *path, char *const words[])
{
    ENTER(CALLER);
    return exec_become(path, words, false, CALLER);
}

/* The environment is that of all programs here: none. */
int __wrap_execve(const char *path, char *const words[], char *const environment[]);
int __wrap_execve(const char *path, char *const words[], char *const environment[])
{
    (void)environment;
    ENTER(CALLER);
    return exec_become(path, words, false, CALLER);
}

int __wrap_execvp(const char *name, char *const words[]);
int __wrap_execvp(const char *name, char *const words[])
{
    ENTER(CALLER);
    return exec_become(name, words, true, CALLER);
}

/* The words of a call that lists them, up to NULL. */
static void list(char **words, const char *first, va_list more, uint64_t pc)
{
    int n = 0;
    for (const char *word = first; word; word = va_arg(more, const char *)) {
        if (n == TOOL_WORDS)
            fail(.reason = REASON_LIMIT, .pc = pc, .detail = TOO_MANY_WORDS);
        memcpy(&words[n++], &word, sizeof word);
    }
    words[n] = NULL;
}
#define LISTED(name, search)                                                                       \
    int __wrap_##name(const char *path, const char *first, ...);                                   \
    int __wrap_##name(const char *path, const char *first, ...)                                    \
    {                                                                                              \
        ENTER(CALLER);                                                                             \
        char *words[TOOL_WORDS + 1];                                                               \
        va_list more;                                                                              \
        va_start(more, first);                                                                     \
        list(words, first, more, CALLER);                                                          \
        va_end(more);                                                                              \
        return execute(path, words, search, CALLER);                                               \
    }
LISTED(execl, false)
LISTED(execle, false)
LISTED(execlp, true)

void __wrap_lab_exec_clean(void);
void __wrap_lab_exec_clean(void)
{
    ENTER(CALLER);
    engine.run.exec_clean = true;
}
