/* process: how a program ends, and the little it may ask about its process. Random numbers are the
 * same in every run: a program must do the same thing whenever it is scheduled the same. */
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

static void leave(int status, uint64_t pc) __attribute__((noreturn));
static void leave(int status, uint64_t pc)
{
    if (engine.scenario)
        fail(.reason = REASON_EXIT_EARLY, .value = (uint64_t)(uint32_t)status, .pc = pc);
    run_exit(status, pc);
}

DECLARE(void, __wrap_exit, int status) { ENTER(CALLER); leave(status, CALLER); }
DECLARE(void, __wrap_quick_exit, int status) { ENTER(CALLER); leave(status, CALLER); }
DECLARE(void, __wrap__exit, int status) { ENTER(CALLER); engine.run.exiting = true; leave(status, CALLER); }
DECLARE(void, __wrap__Exit, int status) { ENTER(CALLER); engine.run.exiting = true; leave(status, CALLER); }
DECLARE(void, __wrap_abort, void) { ENTER(CALLER); fail(.reason = REASON_ABORT, .pc = CALLER); }
DECLARE(int, __wrap_atexit, void (*fn)(void))
{
    ENTER(CALLER);
    if (engine.run.atexit_count == 32)
        return -1;
    engine.run.atexit_fns[engine.run.atexit_count++] = fn;
    return 0;
}
DECLARE(void, __wrap___assert_fail, const char *expr, const char *file, unsigned line, const char *func)
{
    (void)file, (void)line, (void)func;
    ENTER(CALLER);
    fail(.reason = REASON_ASSERT, .detail = expr, .pc = CALLER);
}
DECLARE(void, __wrap___assert, const char *expr, const char *file, int line)
{
    (void)file, (void)line;
    ENTER(CALLER);
    fail(.reason = REASON_ASSERT, .detail = expr, .pc = CALLER);
}

DECLARE(int, __wrap_getpid, void) { return 4242; }
DECLARE(char *, __wrap_getenv, const char *name)
{
    ENTER(CALLER);
    access_string(name, (size_t)1 << 30, CALLER);
    return NULL;
}

/* One generator a thread, so the numbers do not depend on the interleaving. */
static uint64_t seeds[MAX_THREADS];
static uint32_t seeded_in;
static unsigned next_random(void)
{
    if (seeded_in != engine.run.id) {
        seeded_in = engine.run.id;
        for (int i = 0; i < MAX_THREADS; i++)
            seeds[i] = (uint64_t)i * 977 + 1;
    }
    uint64_t *s = &seeds[me()->tid];
    *s = *s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*s >> 33);
}
DECLARE(int, __wrap_rand, void) { ENTER(CALLER); spin_effect(me()); return (int)(next_random() & RAND_MAX); }
DECLARE(long, __wrap_random, void) { ENTER(CALLER); spin_effect(me()); return (long)(next_random() & RAND_MAX); }
DECLARE(void, __wrap_srand, unsigned seed) { ENTER(CALLER); (void)next_random(); seeds[me()->tid] = seed; }
DECLARE(void, __wrap_srandom, unsigned seed) { ENTER(CALLER); (void)next_random(); seeds[me()->tid] = seed; }
DECLARE(int, __wrap_rand_r, unsigned *seed)
{
    ENTER(CALLER);
    access_range(seed, sizeof *seed, false, CALLER);
    access_range(seed, sizeof *seed, true, CALLER);
    return rand_r(seed);
}

DECLARE(int *, __wrap___errno_location, void) { return (int *)(me()->tls - 64); }

struct tls_index {
    unsigned long module, offset;
};
DECLARE(void *, __wrap___tls_get_addr, struct tls_index *index) { return me()->tls + index->offset; }

void random_digest(struct digest *out)
{
    if (seeded_in == engine.run.id)
        digest_bytes(out, seeds, (size_t)engine.run.thread_count * sizeof *seeds);
}
