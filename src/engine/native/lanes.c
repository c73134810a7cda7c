/* lanes: writing the log of trace/lanes.h.
 *
 * One writer a ring, as lanes.h says. Where a thread writes next is in its native_thread, in private
 * memory. Facts and samples come seldom and are serialised by a mutex that all processes share, so that a reader who
 * sees a count also sees everything below it.
 */
#include "engine/native/native.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MARK_NS UINT64_C(1000000)

static struct lane_log *map; /* NULL: no log */
static _Thread_local struct native_thread *self;

/* Under the lock of the creator (threads.c). */
static unsigned created;

/* Facts and samples: of all processes, and so in memory that they share; whoever dies inside leaves it as it was
 * before. Not in the log: readers and learner code have that one. */
static struct common {
    pthread_mutex_t lock;
    uint32_t facts, samples;
} *common;
static _Atomic uint32_t sections;

/* Who is who, for joins; 0 = nobody yet. */
static _Atomic pthread_t ids[LANE_MAX];

uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

/* Only shared memory of exactly the right size: an ordinary file open as fd 3 must not be
 * written over. */
static bool is_log(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == (off_t)sizeof(struct lane_log) &&
           fcntl(fd, F_GET_SEALS) >= 0;
}

static struct common *common_new(void)
{
    struct common *c = mmap(NULL, sizeof *c, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t a;
    if (c == MAP_FAILED)
        return NULL;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&c->lock, &a);
    pthread_mutexattr_destroy(&a);
    return c;
}

static void common_lock(void)
{
    if (pthread_mutex_lock(&common->lock) == EOWNERDEAD)
        pthread_mutex_consistent(&common->lock);
}

void lanes_init(int fd)
{
    if (is_log(fd) && (common = common_new())) {
        void *p = mmap(NULL, sizeof(struct lane_log), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (p != MAP_FAILED) {
            map = p;
            map->magic = LANE_MAGIC;
            map->version = LANE_VERSION;
            map->start_ns = now_ns();
        }
        close(fd); /* the learner's program has no business with it */
    }
}

bool lanes_open(void) { return map != NULL; }

/* ---- threads ------------------------------------------------------------- */

struct native_thread *lanes_self(void) { return self; }

static void lane_fill(struct lane *lane, unsigned number)
{
    if (number == 0)
        strcpy(lane->name, "main");
    else
        snprintf(lane->name, sizeof lane->name, "T%u", number);
    lane->section = atomic_load(&sections);
    lane->parent = self ? self->number : 0;
    lane->started_ns = now_ns();
    atomic_store(&lane->ended_ns, 0);
    atomic_store(&lane->head, 0);
}

/* What somebody starts of whom nothing is logged has no lane and no number. */
static bool starts_unseen(void) { return self && self->unseen; }

struct native_thread *lanes_thread_new(void)
{
    struct native_thread *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->unseen = starts_unseen();
    t->number = t->unseen ? LANE_MAX : created;
    if (map && t->number < LANE_MAX) {
        t->lane = &map->lanes[t->number];
        lane_fill(t->lane, t->number);
    }
    return t;
}

void lanes_thread_made(struct native_thread *t, bool made, pthread_t id)
{
    if (!made) {
        free(t);
        return;
    }
    /* From here on `t` may be gone: the thread frees it when it ends. */
    if (starts_unseen())
        return;
    unsigned number = created++;
    if (number < LANE_MAX)
        atomic_store(&ids[number], id);
    if (map && number < LANE_MAX)
        atomic_store(&map->lane_count, number + 1);
    else if (map)
        atomic_fetch_add(&map->overflow, 1);
}

void lanes_thread_start(struct native_thread *t)
{
    self = t;
    if (t->number < LANE_MAX)
        atomic_store(&ids[t->number], pthread_self()); /* it may be joined before its creator goes on */
    t->marked_ns = now_ns();
    t->cpu_ns = own_cpu_ns();
    if (t->lane)
        t->lane->started_ns = t->marked_ns;
    lanes_event(LANE_START, t->number, 0);
}

void lanes_forked(struct native_thread *t)
{
    created = LANE_MAX;
    if (t && t->lane)
        snprintf(t->lane->name, sizeof t->lane->name, "P%u", t->number);
    lanes_thread_start(t);
}

void lanes_process_over(unsigned number)
{
    if (map && number < LANE_MAX && !atomic_load(&map->lanes[number].ended_ns))
        atomic_store(&map->lanes[number].ended_ns, now_ns());
}

void lanes_thread_end(void)
{
    if (!self)
        return;
    lanes_event(LANE_END, self->number, 0);
    if (self->lane)
        atomic_store(&self->lane->ended_ns, now_ns());
    free(self);
    self = NULL;
}

uint64_t lanes_number_of(pthread_t id)
{
    /* A detached thread's id is used again without a join: the newest is the one alive. */
    for (unsigned n = LANE_MAX; n-- > 0;)
        if (atomic_load(&ids[n]) == id)
            return n;
    return UINT64_MAX;
}

void lanes_joined(uint64_t number)
{
    if (number < LANE_MAX)
        atomic_store(&ids[number], 0);
}

static void put_event(struct native_thread *t, struct lane_event ev)
{
    t->lane->ring[t->head % LANE_RING] = ev;
    atomic_store_explicit(&t->lane->head, ++t->head, memory_order_release);
}

uint64_t own_cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

/* Asking for the CPU time costs a system call, so it is done once a millisecond at most. */
static void mark_at(struct native_thread *t, uint64_t now)
{
    if (now - t->marked_ns < MARK_NS)
        return;
    uint64_t cpu = own_cpu_ns();
    put_event(t, (struct lane_event){.ns = now, .object = cpu - t->cpu_ns, .kind = LANE_RAN});
    t->marked_ns = now;
    t->cpu_ns = cpu;
}

void lanes_mark(void)
{
    if (self && self->lane)
        mark_at(self, now_ns());
}

void lanes_event(enum lane_kind kind, uint64_t object, uint32_t detail)
{
    struct native_thread *t = self;
    if (!t || !t->lane || t->unseen)
        return;
    uint64_t now = now_ns();
    mark_at(t, now);
    put_event(t, (struct lane_event){.ns = now, .object = object, .kind = kind, .detail = detail});
}

void lanes_task_event(struct native_thread *t, enum lane_kind kind, uint64_t object, uint32_t detail)
{
    if (t->lane)
        put_event(t, (struct lane_event){.ns = now_ns(), .object = object, .kind = kind, .detail = detail});
}

/* ---- names, facts, samples ------------------------------------------------ */

/* Copies what fits and always ends it. */
static void copy_text(char *to, size_t size, const char *from)
{
    size_t n = strnlen(from, size - 1);
    memcpy(to, from, n);
    to[n] = '\0';
}

void lanes_unseen(void)
{
    if (self)
        self->unseen = true;
}

void lanes_task_name(struct native_thread *t, const char *name)
{
    if (t->lane && name)
        copy_text(t->lane->name, LANE_NAME, name);
}

void lanes_name(const char *name)
{
    if (self)
        lanes_task_name(self, name);
}

static void fact_print(enum fact_kind kind, const char *text, double value, const char *unit)
{
    if (kind == FACT_REPORT)
        printf("%s: %g%s%s\n", text, value, *unit ? " " : "", unit);
    else if (kind == FACT_SECTION)
        printf("-- %s\n", text);
    else
        printf("%s\n", text);
}

void lanes_fact(enum fact_kind kind, const char *text, double value, const char *unit)
{
    text = text ? text : "";
    unit = unit ? unit : "";
    if (!map) {
        fact_print(kind, text, value, unit);
        return;
    }
    common_lock();
    if (kind == FACT_SECTION)
        atomic_fetch_add(&sections, 1);
    if (common->facts < LANE_FACTS) {
        struct lane_fact *f = &map->facts[common->facts];
        f->kind = kind;
        f->ns = now_ns();
        f->value = value;
        copy_text(f->text, sizeof f->text, text);
        copy_text(f->unit, sizeof f->unit, unit);
    }
    atomic_store_explicit(&map->fact_count, ++common->facts, memory_order_release);
    pthread_mutex_unlock(&common->lock);
}

void lanes_sample(const char *histogram, double value)
{
    if (!map)
        return;
    common_lock();
    if (common->samples < LANE_SAMPLES) {
        struct lane_sample *s = &map->samples[common->samples];
        copy_text(s->histogram, sizeof s->histogram, histogram ? histogram : "");
        s->value = value;
    }
    atomic_store_explicit(&map->sample_count, ++common->samples, memory_order_release);
    pthread_mutex_unlock(&common->lock);
}
