/* random: random numbers, the same in every run: a program must do the same thing whenever it is scheduled
 * the same. One generator a thread, so the numbers do not depend on the interleaving; srand seeds the
 * caller's.
 */
#include "engine/engine.h"

#include <stdlib.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

static uint64_t seeds[MAX_THREADS];
static uint32_t seeded_in;

static uint64_t *mine(void)
{
    if (seeded_in != engine.run.id) {
        seeded_in = engine.run.id;
        for (int i = 0; i < MAX_THREADS; i++)
            seeds[i] = (uint64_t)i * 977 + 1;
    }
    return &seeds[me()->tid];
}

static uint64_t advance(uint64_t x) { return x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407); }

static unsigned next_random(void)
{
    uint64_t *s = mine();
    *s = advance(*s);
    spin_effect(me());
    return (unsigned)(*s >> 33);
}

DECLARE(int, __wrap_rand, void) { ENTER(CALLER); return (int)(next_random() & RAND_MAX); }
DECLARE(long, __wrap_random, void) { ENTER(CALLER); return (long)(next_random() & RAND_MAX); }
DECLARE(void, __wrap_srand, unsigned seed) { ENTER(CALLER); *mine() = seed; }
DECLARE(void, __wrap_srandom, unsigned seed) { ENTER(CALLER); *mine() = seed; }
DECLARE(int, __wrap_rand_r, unsigned *seed)
{
    ENTER(CALLER);
    access_range(seed, sizeof *seed, false, CALLER);
    access_range(seed, sizeof *seed, true, CALLER);
    return rand_r(seed);
}

/* ---- the 48-bit family: the numbers that POSIX prescribes --------------------------------- */

static uint64_t next48(uint64_t x) { return (x * UINT64_C(0x5deece66d) + 0xb) & ((UINT64_C(1) << 48) - 1); }

static uint64_t next_of(unsigned short *x, uint64_t pc)
{
    access_range(x, 3 * sizeof *x, false, pc);
    access_range(x, 3 * sizeof *x, true, pc);
    uint64_t v = next48((uint64_t)x[2] << 32 | (uint64_t)x[1] << 16 | x[0]);
    x[0] = (unsigned short)v;
    x[1] = (unsigned short)(v >> 16);
    x[2] = (unsigned short)(v >> 32);
    return v;
}
static uint64_t next_own(void)
{
    uint64_t *s = mine();
    spin_effect(me());
    return *s = next48(*s);
}
static double fraction(uint64_t v) { return (double)v / (double)(UINT64_C(1) << 48); }
static long positive(uint64_t v) { return (long)(v >> 17); }
static long any_sign(uint64_t v) { return (long)(int32_t)(v >> 16); }

DECLARE(double, __wrap_drand48, void) { ENTER(CALLER); return fraction(next_own()); }
DECLARE(long, __wrap_lrand48, void) { ENTER(CALLER); return positive(next_own()); }
DECLARE(long, __wrap_mrand48, void) { ENTER(CALLER); return any_sign(next_own()); }
DECLARE(void, __wrap_srand48, long seed) { ENTER(CALLER); *mine() = (uint64_t)(uint32_t)seed << 16 | 0x330e; }
DECLARE(double, __wrap_erand48, unsigned short *x) { ENTER(CALLER); return fraction(next_of(x, CALLER)); }
DECLARE(long, __wrap_nrand48, unsigned short *x) { ENTER(CALLER); return positive(next_of(x, CALLER)); }
DECLARE(long, __wrap_jrand48, unsigned short *x) { ENTER(CALLER); return any_sign(next_of(x, CALLER)); }

/* Both go on with the same numbers. */
void random_fork(const struct thread *from, const struct thread *to)
{
    mine();
    seeds[to->tid] = seeds[from->tid];
}

void random_digest(struct digest *out)
{
    if (seeded_in == engine.run.id)
        digest_bytes(out, seeds, (size_t)engine.run.thread_count * sizeof *seeds);
}
