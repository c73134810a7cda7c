/* image: the memory of processes, all at the same addresses. One is in place; the others are kept aside and put back
 * when a thread of theirs goes on. What makes a process's memory: the program's writable segment, the parts of
 * the heap and the stacks and thread-local copies that it uses. Stacks and parts of the heap that no other
 * process has stay where they are.
 *
 * Copying is done by run_once on the explorer's own stack, because the stacks of threads are among what is copied.
 */
#include "engine/kernel/kernel.h"

#include <stdlib.h>
#include <string.h>

struct segment {
    char *at;
    size_t size, from; /* in the image's bytes */
};
static struct image {
    struct segment *segments;
    size_t count, cap;
    char *bytes;
    size_t used, room;
    bool library; /* with what the C library keeps; else that was empty */
} images[MAX_THREADS];

static void keep(struct image *im, char *at, size_t size)
{
    if (!size)
        return;
    while (im->used + size > im->room) {
        im->room = im->room ? im->room * 2 : 65536;
        im->bytes = xrealloc(im->bytes, im->room);
    }
    ARRAY_GROW(im->segments, im->count, im->cap);
    im->segments[im->count++] = (struct segment){at, size, im->used};
    memcpy(im->bytes + im->used, at, size);
    im->used += size;
}

/* ---- which stacks are a process's ------------------------------------------------------------ */

static int slot_of(const struct thread *t) { return (int)((size_t)(t->stack - engine.stacks) / STACK_SLOT); }
static char *slot_top(int slot) { return engine.stacks + (size_t)(slot + 1) * STACK_SLOT; }

const struct thread *process_stack_thread(int slot)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (engine.threads[i].process == engine.space && slot_of(&engine.threads[i]) == slot)
            return &engine.threads[i];
    return NULL;
}

bool process_stack_alive(const char *addr)
{
    uintptr_t low = processes[engine.space].inherited[stack_owner(addr)];
    return low && (uintptr_t)addr >= low;
}

/* Of each process and slot: the lowest byte in use of its stack there; 0: it has none. */
static uintptr_t lowest[MAX_THREADS][MAX_THREADS];

static void look_at_stacks(void)
{
    int slots = engine.run.thread_count;
    for (int p = 0; p < process_count; p++)
        memcpy(lowest[p], processes[p].inherited, (size_t)slots * sizeof **lowest);
    for (int i = 0; i < slots; i++) {
        const struct thread *t = &engine.threads[i];
        lowest[t->process][slot_of(t)] = t->ended || !t->alive ? 0 : (uintptr_t)t->fiber.sp;
    }
}

static bool has_stack(int process, int slot) { return lowest[process][slot] != 0; }
static bool has_heap(int process, int region)
{
    char *at;
    return heap_used(process, region, &at) > 0;
}

static bool several(bool (*has)(int process, int what), int what)
{
    int n = 0;
    for (int p = 0; p < process_count && n < 2; p++)
        n += processes[p].state == PROCESS_RUNS && has(p, what);
    return n > 1;
}

/* ---- keeping, putting back, making a second ------------------------------------------------------ */

static void keep_stack(struct image *im, int process, int slot)
{
    char *low = (char *)lowest[process][slot];
    keep(im, low, (size_t)(slot_top(slot) - low));
    keep(im, engine.tls_area + (size_t)slot * TLS_SLOT, TLS_COPY + engine.tls_size);
}

static void keep_all(struct image *im, int process, bool everything)
{
    im->count = im->used = 0;
    look_at_stacks();
    keep(im, engine.data, (size_t)(engine.data_end - engine.data));
    im->library = library_used();
    if (im->library)
        keep(im, library_place(LIBRARY_STRTOK), LIBRARY_PRIVATE);
    for (int i = 0; i < engine.run.thread_count; i++) {
        char *at;
        size_t used = heap_used(process, i, &at);
        if (has_stack(process, i) && (everything || several(has_stack, i)))
            keep_stack(im, process, i);
        if (used && (everything || several(has_heap, i)))
            keep(im, at, used);
    }
}

void image_load(int process)
{
    if (engine.loaded == process)
        return;
    /* What the first one leaves behind is asked for after the run. */
    if (processes[engine.loaded].state == PROCESS_RUNS || engine.loaded == 0)
        keep_all(&images[engine.loaded], engine.loaded, false);
    const struct image *im = &images[process];
    if (!im->library && library_used()) /* by others, meanwhile */
        memset(library_place(LIBRARY_STRTOK), 0, LIBRARY_PRIVATE);
    for (size_t i = 0; i < im->count; i++)
        memcpy(im->segments[i].at, im->bytes + im->segments[i].from, im->segments[i].size);
    engine.loaded = process;
}

void image_fork(const struct thread *parent, const struct thread *child)
{
    struct process *p = &processes[child->process];
    look_at_stacks();
    for (int slot = 0; slot < engine.run.thread_count; slot++)
        if (slot != slot_of(parent))
            p->inherited[slot] = lowest[parent->process][slot];
    keep_all(&images[child->process], parent->process, true);
}

const void *image_at(int process, const void *addr)
{
    const char *a = addr;
    const struct image *im = &images[process];
    for (size_t i = 0; process != engine.loaded && i < im->count; i++)
        if (a >= im->segments[i].at && a < im->segments[i].at + im->segments[i].size)
            return im->bytes + im->segments[i].from + (a - im->segments[i].at);
    return addr;
}
