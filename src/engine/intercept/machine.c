/* machine: what a program may ask about the machine it runs on: how much it used of it, and its own command
 * line. Every answer is the same in every run. (Cores and priorities: sync/scheduling.c.)
 */
#include "engine/engine.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

DECLARE(int, __wrap_getrusage, int who, struct rusage *usage)
{
    ENTER(CALLER);
    (void)who;
    access_range(usage, sizeof *usage, true, CALLER);
    memset(usage, 0, sizeof *usage);
    return 0;
}

/* ---- the command line ---------------------------------------------------- */

/* POSIX's getopt: options first, no reordering. Its variables are libc's and outlive a run, so the
 * first call of each run begins again. */
static uint32_t scanned_in;
static int at; /* within a group like -abc; 0 = at the next word */

static int take_option(int argc, char *const argv[], const char *known)
{
    const char *word = argv[optind];
    int option = word[at++];
    const char *row = option == ':' ? NULL : strchr(known, option);
    bool last = !word[at];

    optopt = option;
    if (row && row[1] == ':') {
        optind++;
        optarg = !last ? (char *)(uintptr_t)(word + at) : optind < argc ? argv[optind++] : NULL;
        at = 0;
        return optarg ? option : *known == ':' ? ':' : '?';
    }
    if (last) {
        optind++;
        at = 0;
    }
    return row ? option : '?';
}

DECLARE(int, __wrap_getopt, int argc, char *const argv[], const char *known)
{
    ENTER(CALLER);
    if (scanned_in != engine.run.id) {
        scanned_in = engine.run.id;
        optind = 1;
        at = 0;
    }
    if (at == 0) {
        if (optind >= argc || argv[optind][0] != '-' || !argv[optind][1])
            return -1;
        if (strcmp(argv[optind], "--") == 0)
            return optind++, -1;
        at = 1;
    }
    return take_option(argc, argv, known);
}
