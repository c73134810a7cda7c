/* jump: setjmp and longjmp, within a thread.
 *
 * setjmp returns twice, so nobody may stand in between: a stub notes which call it stands in, and goes straight to
 * libc's. longjmp goes back there if that call has not returned. pthread_cleanup_push is a setjmp, too. What is noted
 * follows from the buffer and the stack, so it is no part of a state's digest.
 */
#include "engine/engine.h"

#include <setjmp.h>

#define JUMPS 256 /* places at a time */

static struct jump {
    uint32_t run;
    const void *buf;
    int process, tid, depth, handlers;
    uint64_t fp, mask;
    bool restores; /* the mask, too */
} jumps[JUMPS];
static uint32_t noted_in; /* the last run that set one */

/* In this process. */
static struct jump *find(const void *buf)
{
    for (int i = 0; i < JUMPS; i++)
        if (jumps[i].run == engine.run.id && jumps[i].buf == buf && jumps[i].process == me()->process)
            return &jumps[i];
    return NULL;
}

static uint64_t frame_of(const struct thread *t) { return t->depth && t->depth <= MAX_FRAMES ? t->frames[t->depth - 1].fp : 0; }

/* Nobody can jump there any more. */
static bool is_over(const struct jump *j)
{
    return j->run != engine.run.id || engine.threads[j->tid].ended || (j->tid == me()->tid && j->depth > me()->depth);
}

static struct jump *free_place(uint64_t pc)
{
    for (int i = 0; i < JUMPS; i++)
        if (is_over(&jumps[i]))
            return &jumps[i];
    fail(.reason = REASON_LIMIT, .detail = "setjmp with more than 256 buffers at a time", .pc = pc);
}

/* The one thread that a child has may go back to where it was before. */
void jumps_fork(const struct thread *from, const struct thread *to)
{
    for (int i = 0; noted_in == engine.run.id && i < JUMPS; i++)
        if (jumps[i].run == engine.run.id && jumps[i].tid == from->tid && jumps[i].depth <= from->depth) {
            struct jump copy = jumps[i];
            copy.process = to->process;
            copy.tid = to->tid;
            *free_place(to->create_pc) = copy;
        }
}

/* Called by the stubs below. */
void jump_note(void *buf, uint64_t pc, int mask);
void jump_note(void *buf, uint64_t pc, int mask)
{
    struct thread *t = me();
    ENTER(pc - 1);
    access_range(buf, sizeof(__jmp_buf), true, pc - 1);
    struct jump *j = find(buf);
    if (!j)
        j = free_place(pc - 1);
    noted_in = engine.run.id;
    *j = (struct jump){engine.run.id, buf, t->process, t->tid, t->depth, t->handlers, frame_of(t), t->sig_blocked, mask != 0};
}

#if defined(__x86_64__)
#define MASK_GIVEN "movl %esi, %edx"
#define MASK_KEPT "movl $1, %edx"
#define MASK_NOT "xorl %edx, %edx"
#define STUB(name, mask)                                                                             \
    __asm__(".text\n\t.p2align 4\n\t.globl __wrap_" #name "\n\t.type __wrap_" #name ", %function\n__wrap_" #name ":\n\t" \
            "endbr64\n\tpushq %rdi\n\tpushq %rsi\n\tsubq $8, %rsp\n\t" mask "\n\tmovq 24(%rsp), %rsi\n\tcall jump_note\n\t" \
            "addq $8, %rsp\n\tpopq %rsi\n\tpopq %rdi\n\tjmp " #name "@PLT\n\t.size __wrap_" #name ", .-__wrap_" #name);
#else
#define MASK_GIVEN "mov w2, w1"
#define MASK_KEPT "mov w2, #1"
#define MASK_NOT "mov w2, #0"
#define STUB(name, mask)                                                                             \
    __asm__(".text\n\t.p2align 4\n\t.globl __wrap_" #name "\n\t.type __wrap_" #name ", %function\n__wrap_" #name ":\n\t" \
            "hint #34\n\tstp x0, x1, [sp, #-32]!\n\tstr x30, [sp, #16]\n\t" mask "\n\tmov x1, x30\n\tbl jump_note\n\t" \
            "ldr x30, [sp, #16]\n\tldp x0, x1, [sp], #32\n\tb " #name "\n\t.size __wrap_" #name ", .-__wrap_" #name);
#endif
STUB(_setjmp, MASK_NOT)
STUB(setjmp, MASK_KEPT)
STUB(__sigsetjmp, MASK_GIVEN)

/* Out of a handler, perhaps, and of the call it stopped. */
static void leave_handlers(struct thread *t, const struct jump *j)
{
    if (j->restores)
        t->sig_blocked = j->mask;
    if (t->handlers <= j->handlers)
        return;
    t->handlers = j->handlers;
    t->stopped_in = NULL;
    t->broken = t->mask_lent = t->interruptible = false;
    t->breaks = BREAKS_NOT;
    t->deadline = NEVER;
}

static void jump(void *buf, int value, uint64_t pc) __attribute__((noreturn));
static void jump(void *buf, int value, uint64_t pc)
{
    struct thread *t = me();
    struct jump *j = find(buf);
    access_range(buf, sizeof(__jmp_buf), false, pc);
    if (!j || j->tid != t->tid)
        fail(.reason = REASON_RULE, .object = buf, .pc = pc,
             .detail = j ? "longjmp to a place that another thread set" : "longjmp to a place that setjmp never set");
    int depth = t->depth;
    t->depth = j->depth < depth ? j->depth : depth;
    if (depth < j->depth || frame_of(t) != j->fp)
        fail(.reason = REASON_RULE, .object = buf, .pc = pc, .detail = "longjmp into a function that has returned");
    leave_handlers(t, j);
    spin_effect(t);
    longjmp(*(jmp_buf *)buf, value);
}

void __wrap_longjmp(void *buf, int value) __attribute__((noreturn));
void __wrap_longjmp(void *buf, int value) { ENTER(CALLER); jump(buf, value, CALLER); }
void __wrap__longjmp(void *buf, int value) __attribute__((noreturn));
void __wrap__longjmp(void *buf, int value) { ENTER(CALLER); jump(buf, value, CALLER); }
void __wrap_siglongjmp(void *buf, int value) __attribute__((noreturn));
void __wrap_siglongjmp(void *buf, int value) { ENTER(CALLER); jump(buf, value, CALLER); }
