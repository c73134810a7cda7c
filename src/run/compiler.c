/* compiler: finding a C compiler that works, and how it is to be called. */
#include "run/inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* ---- finding programs --------------------------------------------------- */

static bool runnable(const char *path) { return path_is_file(path) && access(path, X_OK) == 0; }

char *program_find(const char *name)
{
    if (strchr(name, '/'))
        return runnable(name) ? xstrdup(name) : NULL;
    const char *path = getenv("PATH");
    if (!path)
        path = "/usr/local/bin:/usr/bin:/bin";
    while (*path) {
        size_t n = strcspn(path, ":");
        char *dir = n ? xstrndup(path, n) : xstrdup(".");
        char *candidate = path_join(dir, name);
        free(dir);
        if (runnable(candidate))
            return candidate;
        free(candidate);
        path += n + (path[n] == ':');
    }
    return NULL;
}

size_t compiler_candidates(const char *wanted, struct words out[5])
{
    const char *names[] = {getenv("THREADMILL_CC"), getenv("CC"), "cc", "gcc", "clang"};
    size_t n = 0;
    for (size_t i = wanted ? 4 : 0; i < 5; i++) {
        const char *name = wanted ? wanted : names[i];
        struct words w = {0};
        if (name)
            words_split(&w, name);
        char *program = w.n ? program_find(w.v[0]) : NULL;
        if (program)
            out[n++] = w;
        else
            words_fini(&w);
        free(program);
        if (name && !wanted && i == 0)
            break; /* THREADMILL_CC is an order, not a suggestion */
    }
    return n;
}

uint64_t compiler_identity(const struct words *command)
{
    uint64_t id = words_hash(command, HASH_SEED);
    for (size_t i = 0; i < command->n; i++) {
        char *path = program_find(command->v[i]);
        struct stat st;
        if (path && stat(path, &st) == 0) {
            int64_t what[] = {st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
                              (int64_t)st.st_ino};
            id = hash_bytes(what, sizeof what, id);
        }
        free(path);
    }
    return id;
}

/* ---- asking a compiler about itself --------------------------------------- */

void compiler_probe(const struct words *command, struct words *argv)
{
    words_add(argv, "/bin/sh");
    words_add(argv, "-c");
    words_add(argv, "\"$@\" --version && echo '@@' && \"$@\" -print-prog-name=ld");
    words_add(argv, "probe");
    words_add_all(argv, (const char *const *)command->v, command->n);
}

static char *find_linker(const char *suggested)
{
    char *linker = program_find("ld.bfd");
    if (!linker && *suggested)
        linker = program_find(suggested);
    return linker ? linker : program_find("ld");
}

bool compiler_understand(struct compiler *c, const char *said)
{
    const char *linker = strstr(said, "\n@@\n");
    if (!linker)
        return false;
    char *version = xstrndup(said, (size_t)(linker - said));
    char *suggested = xstrndup(linker + 4, strcspn(linker + 4, "\n"));
    c->clang = strstr(version, "clang") != NULL;
    c->linker = find_linker(suggested);
    free(version);
    free(suggested);
    return true;
}

void compiler_fini(struct compiler *c)
{
    words_fini(&c->command);
    free(c->linker);
    *c = (struct compiler){0};
}

/* ---- flags ------------------------------------------------------------------ */

/* clang-format off */
static const char *const every_flag[] = {
    "-std=gnu11", "-g", "-fPIC", "-pthread", "-pipe", "-fno-omit-frame-pointer",
    /* fortified calls have names of their own, which nobody takes over */
    "-U_FORTIFY_SOURCE",
    "-Wall", "-Wextra", "-Wno-unused-parameter",
    /* newer compilers refuse this anyway; a guessed declaration hides a misspelt name */
    "-Werror=implicit-function-declaration",
    "-fdiagnostics-color=never", "-fmessage-length=0",
#if defined(__aarch64__)
    "-mno-outline-atomics", /* what is outlined is in the static libgcc only */
#endif
};
/* No optimisation: it turns memory accesses into ones nobody is told about. */
static const char *const check_flags[] = {
    "-O0", "-fno-builtin", "-fasynchronous-unwind-tables", "-ftls-model=global-dynamic",
    "-fsanitize=thread", "-fno-stack-protector",
};
/* Some distributions fortify by default: __printf_chk is no call of the lab's. */
static const char *const native_flags[] = {"-O2", "-fno-stack-protector", "-U_FORTIFY_SOURCE"};
/* Thread-local variables through __tls_get_addr, which the engine takes over. (clang does so by itself on
 * x86-64; on 64-bit ARM it cannot, and threads share them there.) */
#if defined(__aarch64__)
static const char *const gcc_check_flags[] = {"-mtls-dialect=trad"};
#else
static const char *const gcc_check_flags[] = {"-mtls-dialect=gnu"};
#endif
/* clang drops the read of x++ unless told not to. */
static const char *const clang_check_flags[] = {"-mllvm", "-tsan-instrument-read-before-write"};
static const char *const clang_flags[] = {"-ferror-limit=20"};
static const char *const gcc_flags[] = {"-fmax-errors=20", "-Wno-tsan"};
/* clang-format on */

#define ADD(words, list) words_add_all((words), (list), sizeof(list) / sizeof *(list))

void compiler_flags(const struct compiler *c, enum run_mode mode, struct words *argv)
{
    ADD(argv, every_flag);
    if (c->clang)
        ADD(argv, clang_flags);
    else
        ADD(argv, gcc_flags);
    if (mode == RUN_NATIVE) {
        ADD(argv, native_flags);
        return;
    }
    ADD(argv, check_flags);
    if (c->clang)
        ADD(argv, clang_check_flags);
    else
        ADD(argv, gcc_check_flags);
}

/* Search paths and preloads of the person's shell would make verdicts differ between shells. */
static bool unwanted(const char *var)
{
    static const char *const names[] = {"LC_ALL=",
                                        "LANGUAGE=",
                                        "CPATH=",
                                        "C_INCLUDE_PATH=",
                                        "LIBRARY_PATH=",
                                        "GCC_COLORS=",
                                        "LD_PRELOAD=",
                                        "DEPENDENCIES_OUTPUT=",
                                        "SUNPRO_DEPENDENCIES=",
                                        "CCC_OVERRIDE_OPTIONS="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(var, names[i]))
            return true;
    return false;
}

void compiler_environment(struct words *env)
{
    for (char **var = environ; *var; var++)
        if (!unwanted(*var))
            words_add(env, *var);
    words_add(env, "LC_ALL=C");
}
