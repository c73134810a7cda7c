/* machine: what a program may ask about the machine it runs on: how much it used of it, and its own command
 * line. Every answer is the same in every run. (Cores and priorities: sync/scheduling.c.)
 */
#include "engine/engine.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
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

/* Nobody sits at a terminal. */
DECLARE(int, __wrap_isatty, int fd)
{
    ENTER(CALLER);
    (void)fd;
    return learner_errno(ENOTTY), 0;
}

/* Memory is there and stays there: advice and locks change nothing. */
DECLARE(int, __wrap_madvise, void *at, size_t n, int advice) { ENTER(CALLER); (void)at, (void)n, (void)advice; return 0; }
DECLARE(int, __wrap_msync, void *at, size_t n, int flags) { ENTER(CALLER); (void)at, (void)n, (void)flags; return 0; }
DECLARE(int, __wrap_mlock, const void *at, size_t n) { ENTER(CALLER); (void)at, (void)n; return 0; }
DECLARE(int, __wrap_munlock, const void *at, size_t n) { ENTER(CALLER); (void)at, (void)n; return 0; }
DECLARE(int, __wrap_mlockall, int flags) { ENTER(CALLER); (void)flags; return 0; }
DECLARE(int, __wrap_munlockall, void) { ENTER(CALLER); return 0; }

/* ---- mathematics with a second result ------------------------------------- */

DECLARE(double, __wrap_modf, double x, double *whole)
{
    ENTER(CALLER);
    access_range(whole, sizeof *whole, true, CALLER);
    return modf(x, whole);
}

DECLARE(double, __wrap_frexp, double x, int *exponent)
{
    ENTER(CALLER);
    access_range(exponent, sizeof *exponent, true, CALLER);
    return frexp(x, exponent);
}

DECLARE(double, __wrap_remquo, double x, double y, int *quotient)
{
    ENTER(CALLER);
    access_range(quotient, sizeof *quotient, true, CALLER);
    return remquo(x, y, quotient);
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

static void begin_scan(void)
{
    if (scanned_in != engine.run.id || optind < 1) { /* a program may say 0 itself */
        scanned_in = engine.run.id;
        optind = 1;
        at = 0;
    }
}

DECLARE(int, __wrap_getopt, int argc, char *const argv[], const char *known)
{
    ENTER(CALLER);
    begin_scan();
    if (at == 0) {
        if (optind >= argc || argv[optind][0] != '-' || !argv[optind][1])
            return -1;
        if (strcmp(argv[optind], "--") == 0)
            return optind++, -1;
        at = 1;
    }
    return take_option(argc, argv, known);
}

/* ---- its long options: --name, --name=value, --name value, and beginnings of names only one has ----------- */

static const struct option *long_row(const struct option *rows, const char *word, size_t n, uint64_t pc)
{
    const struct option *found = NULL;
    bool many = false;
    for (const struct option *r = rows;; r++) {
        access_range(r, sizeof *r, false, pc);
        if (!r->name)
            return many ? NULL : found;
        if (strncmp(r->name, word, n) != 0)
            continue;
        if (!r->name[n])
            return r;
        many |= found != NULL;
        found = r;
    }
}

static int take_long(int argc, char *const argv[], const char *known, const struct option *rows, int *index, uint64_t pc)
{
    const char *word = argv[optind++] + 2;
    size_t n = strcspn(word, "=");
    const struct option *r = long_row(rows, word, n, pc);
    optarg = r && word[n] ? (char *)(uintptr_t)(word + n + 1) : NULL;
    optopt = r ? r->val : 0;
    if (!r || (optarg && r->has_arg == no_argument))
        return '?';
    if (!optarg && r->has_arg == required_argument && optind < argc)
        optarg = argv[optind++];
    if (!optarg && r->has_arg == required_argument)
        return *known == ':' ? ':' : '?';
    if (index) {
        access_range(index, sizeof *index, true, pc);
        *index = (int)(r - rows);
    }
    if (!r->flag)
        return r->val;
    access_range(r->flag, sizeof *r->flag, true, pc);
    *r->flag = r->val;
    return 0;
}

DECLARE(int, __wrap_getopt_long, int argc, char *const argv[], const char *known, const struct option *rows, int *index)
{
    ENTER(CALLER);
    begin_scan();
    const char *word = at == 0 && optind < argc ? argv[optind] : "";
    if (word[0] == '-' && word[1] == '-' && word[2])
        return take_long(argc, argv, known, rows, index, CALLER);
    if (at == 0 && (word[0] != '-' || !word[1]))
        return -1;
    if (at == 0 && word[1] == '-')
        return optind++, -1;
    at += at == 0;
    return take_option(argc, argv, known);
}
