/* shared: memory that several processes see: mmap with MAP_SHARED, and shm_open. It lies in a part of its own, at the
 * same address in every process, and is not copied by fork. A process may use what it mapped, or what was mapped when
 * it was forked, until it unmaps it. (MAP_PRIVATE memory is memory like that from malloc.)
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MAPPINGS 64 /* in one run: a bit each in process.mappings */
#define NAMES 16
#define PAGE 4096

static struct mapping {
    char *at;
    size_t size;
    uint64_t pc;
} mappings[MAPPINGS];
static int mapping_count;
static char *next;

static struct name {
    char text[256];
    struct file *object;
} names[NAMES];
static int name_count;

/* What the last run wrote is gone; nothing is used twice. */
void shared_reset_all(void)
{
    if (next)
        memset(engine.shared_area, 0, (size_t)(next - engine.shared_area));
    next = engine.shared_area;
    mapping_count = name_count = 0;
}

static int mapping_of(const char *addr)
{
    for (int i = 0; i < mapping_count; i++)
        if (addr >= mappings[i].at && addr < mappings[i].at + mappings[i].size)
            return i;
    return -1;
}

enum reason shared_check(const char *addr, size_t size)
{
    int i = mapping_of(addr);
    if (i < 0 || addr + size > mappings[i].at + mappings[i].size || !(processes[engine.space].mappings >> i & 1))
        return REASON_WILD_POINTER;
    return REASON_NONE;
}

static char *reserve(size_t size)
{
    size_t rounded = (size + PAGE - 1) / PAGE * PAGE;
    if (rounded > (size_t)(engine.shared_end - next))
        return NULL;
    char *at = next;
    next += rounded;
    access_forget(at, size);
    return at;
}

static int add_mapping(char *at, size_t size, uint64_t pc)
{
    if (mapping_count == MAPPINGS)
        fail(.reason = REASON_LIMIT, .detail = "more than 64 mappings in one run");
    mappings[mapping_count] = (struct mapping){at, size, pc};
    mine()->mappings |= UINT64_C(1) << mapping_count;
    return mapping_count++;
}

struct trace_ref shared_ref(const void *addr)
{
    int i = mapping_of(addr);
    struct trace_ref r = {.kind = REF_SHARED, .tid = TRACE_NO_THREAD, .offset = (const char *)addr - engine.shared_area};
    if (i < 0)
        return r;
    r.block = (uint64_t)(mappings[i].at - engine.shared_area);
    r.offset -= (int64_t)r.block;
    r.block_size = mappings[i].size;
    r.pc = plugin_offset(mappings[i].pc);
    return r;
}

/* ---- shm_open: names, and objects with a size ------------------------------------------------------ */

static short events(const struct file *f)
{
    (void)f;
    return POLLIN | POLLOUT;
}
static const struct file_kind kind_memory = {FILE_MEMORY, events, NULL, NULL, NULL, NULL};

static struct name *find(const char *text)
{
    for (int i = 0; i < name_count; i++)
        if (names[i].object && strcmp(names[i].text, text) == 0)
            return &names[i];
    return NULL;
}

static struct name *add_name(const char *text)
{
    if (name_count == NAMES)
        fail(.reason = REASON_LIMIT, .detail = "more than 16 names of shared memory in one run");
    struct name *n = &names[name_count++];
    strcpy(n->text, text);
    n->object = file_new(&kind_memory);
    n->object->refs = 1; /* the name's */
    return n;
}

int __wrap_shm_open(const char *name, int flags, mode_t mode);
int __wrap_shm_open(const char *name, int flags, mode_t mode)
{
    (void)mode;
    uint64_t pc = CALLER;
    ENTER(pc);
    if (access_string(name, 300, pc) > 250)
        return learner_errno(ENAMETOOLONG);
    char text[256];
    strcpy(text, name);
    engine.run.undigested = true;
    step(EVENT_OPEN, names, always); /* names are everybody's */
    struct name *n = find(text);
    if (n ? (flags & O_CREAT) && (flags & O_EXCL) : !(flags & O_CREAT))
        return learner_errno(n ? EEXIST : ENOENT);
    if (!n)
        n = add_name(text);
    int fd = descriptor_new(n->object, true, pc);
    record(EVENT_OPEN, n->object, 0, pc);
    return fd;
}

int __wrap_shm_unlink(const char *name);
int __wrap_shm_unlink(const char *name)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    access_string(name, 300, pc);
    char text[256];
    strncpy(text, name, 255);
    text[255] = '\0';
    engine.run.undigested = true;
    step(EVENT_OPEN, names, always);
    struct name *n = find(text);
    if (!n)
        return learner_errno(ENOENT);
    struct file *f = n->object;
    n->object = NULL;
    file_release(f);
    return 0;
}

int __wrap_ftruncate(int fd, off_t size);
int __wrap_ftruncate(int fd, off_t size)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = descriptor_file(fd, pc);
    if (!f || f->kind != &kind_memory || size < 0)
        return f ? learner_errno(EINVAL) : -1;
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    record(EVENT_FD_SET, f, 0, pc);
    if (f->count && (size_t)size > f->count)
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "shared memory cannot grow in the lab");
    if (!f->memory && size && !(f->memory = reserve((size_t)size)))
        return learner_errno(ENOSPC);
    f->count = (uint64_t)size;
    return 0;
}

/* ---- mmap ---------------------------------------------------------------------------------------------- */

static void *map_private(size_t size, uint64_t pc)
{
    void *p = heap_alloc(size, PAGE, true, pc);
    if (p)
        return p;
    learner_errno(ENOMEM);
    return MAP_FAILED;
}

void *__wrap_mmap(void *hint, size_t size, int protection, int flags, int fd, off_t offset);
void *__wrap_mmap(void *hint, size_t size, int protection, int flags, int fd, off_t offset)
{
    (void)hint, (void)protection;
    uint64_t pc = CALLER;
    ENTER(pc);
    bool anonymous = flags & MAP_ANONYMOUS;
    if (!size || offset || flags & MAP_FIXED) {
        learner_errno(EINVAL);
        return MAP_FAILED;
    }
    if (anonymous && (flags & MAP_TYPE) == MAP_PRIVATE)
        return map_private(size, pc);
    struct file *f = anonymous ? NULL : descriptor_file(fd, pc);
    if (!anonymous && (!f || f->kind != &kind_memory || (flags & MAP_TYPE) == MAP_PRIVATE)) {
        learner_errno(f ? ENODEV : EBADF);
        return MAP_FAILED;
    }
    engine.run.used_kernel = engine.run.undigested = true;
    char *at = anonymous ? reserve(size) : f->memory;
    if (!at) {
        learner_errno(ENOMEM);
        return MAP_FAILED;
    }
    add_mapping(at, anonymous || size < f->count ? size : f->count, pc);
    return at;
}

int __wrap_munmap(void *at, size_t size);
int __wrap_munmap(void *at, size_t size)
{
    (void)size;
    uint64_t pc = CALLER;
    ENTER(pc);
    if (!memory_is_shared(at)) {
        heap_free(at, pc);
        return 0;
    }
    for (int i = 0; i < mapping_count; i++)
        if (mappings[i].at == (char *)at && mine()->mappings >> i & 1) {
            mine()->mappings &= ~(UINT64_C(1) << i);
            return 0;
        }
    return learner_errno(EINVAL);
}

void __wrap_lab_no_mappings_left(void);
void __wrap_lab_no_mappings_left(void)
{
    ENTER(CALLER);
    for (int i = 0; i < mapping_count; i++)
        if (mine()->mappings >> i & 1)
            fail(.reason = REASON_MAPPING_LEFT, .value = mappings[i].size, .pc = mappings[i].pc);
}
