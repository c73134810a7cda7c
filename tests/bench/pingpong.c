/* Two fibers that hand the turn to each other: what a switch costs with nothing else around it.
 *
 * usage: bench_pingpong SWITCHES     prints the seconds they took
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/engine.h"

static struct fiber one, other;

static void pong(void)
{
    for (;;)
        fiber_switch(&other, &one);
}

int main(int argc, char **argv)
{
    static char stack[65536] __attribute__((aligned(16)));
    long switches = argc > 1 ? atol(argv[1]) : 1000000;
    struct timespec a, b;
    fiber_init(&other, stack + sizeof stack, pong);
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (long i = 0; i < switches; i += 2)
        fiber_switch(&one, &other);
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%.9f\n", (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9);
    return 0;
}
