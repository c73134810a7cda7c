/* Building, with the real compilers: what passes, what is refused and with which words and line. */
#include "sandbox.h"

#include <dlfcn.h>

struct request {
    const char *source; /* becomes learner.c */
    const char *check;  /* becomes check.c; NULL: none */
    const char *forbid;
    const char *cflag;
    const char *cc;
    bool exercise, native;
};

static struct run_built build(struct sandbox *s, const struct request *r)
{
    char *learner = sandbox_path(s, "learner.c"), *check = sandbox_path(s, "check.c");
    const char *sources[] = {learner, check};
    if (r->source)
        sandbox_write(s, "learner.c", r->source);
    if (r->check)
        sandbox_write(s, "check.c", r->check);
    struct run_build b = {.mode = r->native ? RUN_NATIVE : RUN_CHECK,
                          .sources = sources,
                          .source_count = r->check ? 2 : 1,
                          .forbid = &r->forbid,
                          .forbid_count = r->forbid != NULL,
                          .cflags = &r->cflag,
                          .cflag_count = r->cflag != NULL,
                          .exercise = r->exercise,
                          .cc = r->cc};
    struct run_built out = {0};
    struct err e = {0};
    assert_true(run_build_wait(&s->loop, &s->paths, &b, &out, &e));
    free(learner);
    free(check);
    return out;
}

static void want(struct sandbox *s, struct request r, enum verdict v, int line, const char *message)
{
    struct run_built b = build(s, &r);
    if (b.verdict != v || b.line != line || !b.message || strcmp(b.message, message) != 0)
        fail_msg("%s: got %s, line %d: %s", r.source, verdict_id(b.verdict), b.line,
                 b.message ? b.message : "(no message)");
    assert_null(b.plugin);
    assert_non_null(b.file);
    run_built_fini(&b);
}

static void want_part(struct sandbox *s, struct request r, enum verdict v, int line,
                      const char *part)
{
    struct run_built b = build(s, &r);
    if (b.verdict != v || b.line != line || !b.message || !strstr(b.message, part))
        fail_msg("%s: got %s, line %d: %s", r.source, verdict_id(b.verdict), b.line,
                 b.message ? b.message : "(no message)");
    run_built_fini(&b);
}

static void want_plugin(struct sandbox *s, struct request r)
{
    struct run_built b = build(s, &r);
    if (b.verdict != VERDICT_PASS)
        fail_msg("%s: got %s: %s", r.source, verdict_id(b.verdict), b.message);
    assert_true(path_is_file(b.plugin));
    run_built_fini(&b);
}

/* Both compilers where there are both. */
static const char *const compilers[] = {"gcc", "clang"};
static bool installed(const char *cc)
{
    char *command = xasprintf("command -v %s >/dev/null 2>&1", cc);
    bool there = system(command) == 0;
    free(command);
    return there;
}
#define EACH_COMPILER(cc)                                                                          \
    for (size_t i_ = 0; i_ < 2; i_++)                                                              \
        for (const char *cc = installed(compilers[i_]) ? compilers[i_] : NULL; cc; cc = NULL)

#define HELLO                                                                                      \
    "#include <stdio.h>\n"                                                                         \
    "int total;\n"                                                                                 \
    "int main(void) { total++; printf(\"hi\\n\"); return 0; }\n"

/* ---- plugins ----------------------------------------------------------------- */

static void test_plugin(void **state)
{
    struct sandbox *s = *state;
    EACH_COMPILER(cc)
    {
        struct run_built b = build(s, &(struct request){.source = HELLO, .cc = cc});
        assert_int_equal(b.verdict, VERDICT_PASS);
        assert_true(b.has_main);
        assert_int_equal(b.scenario_count, 0);
        assert_string_equal(b.output, "");
        char *command = xasprintf("nm -D -u %s | grep -q __wrap_printf && "
                                  "nm -D -u %s | grep -q __tsan_read4 && "
                                  "! nm -D -u %s | grep -qw printf",
                                  b.plugin, b.plugin, b.plugin);
        assert_int_equal(system(command), 0);
        free(command);
        run_built_fini(&b);
    }
}

static void test_native_is_not_instrumented(void **state)
{
    struct sandbox *s = *state;
    struct run_built b = build(s, &(struct request){.source = HELLO, .native = true});
    assert_int_equal(b.verdict, VERDICT_PASS);
    char *command = xasprintf("! nm -D -u %s | grep -q __tsan_", b.plugin);
    assert_int_equal(system(command), 0);
    free(command);
    run_built_fini(&b);
}

static void test_scenarios_in_source_order(void **state)
{
    struct sandbox *s = *state;
    EACH_COMPILER(cc)
    {
        struct run_built b = build(
            s, &(struct request){.source = "int twice(int x) { return 2 * x; }\n",
                                 .check = "#include <lab/check.h>\n"
                                          "int twice(int);\n"
                                          "SCENARIO(zero, \"a\", \"b\", \"c\") { twice(0); }\n"
                                          "SCENARIO(alpha, \"a\", \"b\", \"c\") { twice(1); }\n",
                                 .cc = cc,
                                 .exercise = true});
        assert_int_equal(b.verdict, VERDICT_PASS);
        assert_int_equal(b.scenario_count, 2);
        assert_string_equal(b.scenarios[0], "zero");
        assert_string_equal(b.scenarios[1], "alpha");
        assert_false(b.has_main);
        run_built_fini(&b);
    }
}

static void test_harmless_things_pass(void **state)
{
    struct sandbox *s = *state;
    EACH_COMPILER(cc)
    {
        want_plugin(s, (struct request){
                           .cc = cc,
                           .source =
                               "#include <math.h>\n#include <ctype.h>\n#include <pthread.h>\n"
                               "static const char *text = \"asm(__attribute__((constructor)))\";\n"
                               "/* asm(\"nop\"); __attribute__((constructor)) */\n"
                               "struct __attribute__((packed)) pair { char a; int b; };\n"
                               "int plasma, constructor;\n"
                               "int main(int n, char **v) {\n"
                               "  __int128 wide = n; int vla[n]; vla[0] = 0;\n"
                               "  return (int)(wide / 3) + __builtin_popcount(n) + (int)sqrt(n) +\n"
                               "    isdigit(text[0]) + vla[0] + plasma + constructor;\n}\n"});
        want_plugin(
            s, (struct request){.cc = cc,
                                .source =
                                    "#include <math.h>\nint main(int n, char **v) {\n"
                                    "  return (int)(cbrt(n) + atan2(n, 2) + fmal(n, n, n));\n}\n"});
        /* A name of libc's is the learner's to take. */
        want_plugin(s, (struct request){.cc = cc,
                                        .source = "void send(int x) { (void)x; }\n"
                                                  "int main(void) { send(1); return 0; }\n"});
    }
}

/* Whatever the engine itself is linked with, the plugin brings libm along. */
static void test_libm_comes_along(void **state)
{
    struct sandbox *s = *state;
    struct run_built b = build(
        s, &(struct request){.source = "double cbrt(double);\n"
                                       "int main(int n, char **v) { return (int)cbrt(n); }\n"});
    char *command = xasprintf("readelf -d %s | grep -q 'NEEDED.*libm.so.6'", b.plugin);
    assert_int_equal(system(command), 0);
    free(command);
    run_built_fini(&b);
}

/* send() is in libc too: the plugin must call its own. */
static void test_own_functions_win(void **state)
{
    struct sandbox *s = *state;
    struct run_built b =
        build(s, &(struct request){.native = true,
                                   .cflag = "-O0",
                                   .source = "int getppid(void);\n"
                                             "int getppid(void) { return -42; }\n"
                                             "int ask(void) { return getppid(); }\n"
                                             "int main(void) { return 0; }\n"});
    assert_int_equal(b.verdict, VERDICT_PASS);
    void *plugin = dlopen(b.plugin, RTLD_NOW);
    assert_non_null(plugin);
    int (*ask)(void) = (int (*)(void))dlsym(plugin, "ask");
    assert_int_equal(ask(), -42);
    dlclose(plugin);
    run_built_fini(&b);
}

/* ---- the cache ------------------------------------------------------------------ */

static void test_cache(void **state)
{
    struct sandbox *s = *state;
    struct request r = {.source = "#include \"size.h\"\nint main(void) { int x; return SIZE; }\n"};
    sandbox_write(s, "size.h", "#define SIZE 1\n");
    struct run_built first = build(s, &r), again = build(s, &r);
    assert_int_equal(first.verdict, VERDICT_PASS);
    assert_string_equal(first.plugin, again.plugin);
    assert_non_null(strstr(again.output, "unused variable")); /* warnings are kept too */
    sandbox_write(s, "size.h", "#define SIZE 2\n");
    struct run_built other = build(s, &r);
    assert_string_not_equal(first.plugin, other.plugin);
    run_built_fini(&first);
    run_built_fini(&again);
    run_built_fini(&other);
}

static void test_cache_survives_damage(void **state)
{
    struct sandbox *s = *state;
    struct run_built b = build(s, &(struct request){.source = HELLO});
    run_built_fini(&b);
    char *command = xasprintf("cd %s && for f in *.meta cc-*; do echo junk > $f; done", s->cache);
    assert_int_equal(system(command), 0);
    free(command);
    want_plugin(s, (struct request){.source = HELLO});
}

static void test_no_scratch_files_stay(void **state)
{
    struct sandbox *s = *state;
    struct run_built b = build(s, &(struct request){.source = HELLO});
    run_built_fini(&b);
    b = build(s, &(struct request){.source = "int main(void) { return x; }\n"});
    run_built_fini(&b);
    uv_run(&s->loop, UV_RUN_DEFAULT);
    char *command = xasprintf("! ls %s | grep -q tmp-", s->cache);
    assert_int_equal(system(command), 0);
    free(command);
}

/* ---- what does not compile ---------------------------------------------------------- */

static void test_compile_errors(void **state)
{
    struct sandbox *s = *state;
    EACH_COMPILER(cc)
    {
        want_part(s, (struct request){.cc = cc, .source = "int main(void) {\n  return y;\n}\n"},
                  VERDICT_COMPILE, 2, "y");
        want_part(s, (struct request){.cc = cc, .source = "\nint main(void) {\n  no_such();\n}\n"},
                  VERDICT_COMPILE, 3, "no_such");
        want_part(s,
                  (struct request){.cc = cc, .source = "#include \"gone.h\"\nint main(void) {}\n"},
                  VERDICT_COMPILE, 1, "gone.h");
        want(s,
             (struct request){.cc = cc,
                              .source = "void lost(void);\nint main(void) {\n  lost();\n}\n"},
             VERDICT_COMPILE, 3, "lost() is used but defined nowhere (line 3)");
        want(s,
             (struct request){.cc = cc,
                              .source = "int here;\n",
                              .exercise = true,
                              .check = "void gone(void);\nint main(void) { gone(); return 0; }\n"},
             VERDICT_COMPILE, 0, "gone() is not defined in learner.c; the test in check.c uses it");
        want(s,
             (struct request){.cc = cc,
                              .source = "int main(void) { return 0; }\n",
                              .check = "int main(void) { return 0; }\n"},
             VERDICT_COMPILE, 0, "'main' is defined in learner.c and in check.c");
    }
}

static void test_endless_compiles_are_stopped(void **state)
{
    struct sandbox *s = *state;
    /* out of memory, disk or time, whichever this machine meets first */
    static const char *const endless[] = {"#include \"/dev/zero\"\nint main(void) {}\n",
                                          "char big[1u << 30] = {1};\nint main(void) {}\n"};
    for (size_t i = 0; i < 2; i++) {
        struct run_built b = build(s, &(struct request){.cc = "gcc", .source = endless[i]});
        assert_int_equal(b.verdict, VERDICT_COMPILE);
        assert_true(strstr(b.message, "ran out of memory") || strstr(b.message, "is too large") ||
                    strstr(b.message, "was stopped"));
        run_built_fini(&b);
    }
    want_part(s, (struct request){.source = "#include \"learner.c\"\nint main(void) {}\n"},
              VERDICT_COMPILE, 1, "nested");
}

static void test_output_is_clean(void **state)
{
    struct sandbox *s = *state;
    struct run_built b = build(s, &(struct request){.source = "#error \033[31mred\a \xc2\x9b"
                                                              "2J \xe2\x80\xae"
                                                              "back\n"});
    assert_int_equal(b.verdict, VERDICT_COMPILE);
    assert_null(strpbrk(b.output, "\033\a"));
    assert_null(strstr(b.output, "\xc2\x9b"));
    assert_null(strstr(b.output, "\xe2\x80\xae"));
    assert_non_null(strstr(b.message, "back"));
    run_built_fini(&b);
}

/* ---- what is unusable ----------------------------------------------------------------- */

static void test_unusable_files(void **state)
{
    struct sandbox *s = *state;
    want_part(s, (struct request){0}, VERDICT_TROUBLE, 0, "No such file");
    char *path = sandbox_path(s, "learner.c"), *big = xmalloc((2u << 20) + 1);
    assert_int_equal(mkdir(path, 0700), 0);
    want_part(s, (struct request){0}, VERDICT_TROUBLE, 0, "is a directory");
    rmdir(path);
    want_part(s, (struct request){.source = "/* caf\xc3\xa9 */\n/* caf\xe9 */"}, VERDICT_TROUBLE, 0,
              "line 2 has a byte that is not UTF-8; save it as UTF-8");
    memset(big, ' ', 2u << 20);
    big[2u << 20] = '\0';
    want_part(s, (struct request){.source = big}, VERDICT_TROUBLE, 0, "larger than");
    free(big);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(truncate(path, 3), 0); /* three NULs */
    want_part(s, (struct request){0}, VERDICT_TROUBLE, 0, "line 1 has a NUL byte");
    free(path);
}

static void test_no_compiler(void **state)
{
    struct sandbox *s = *state;
    sandbox_write(s, "learner.c", HELLO);
    char *old = xstrdup(getenv("PATH")), *cc = getenv("THREADMILL_CC") ? xstrdup(getenv("THREADMILL_CC")) : NULL;
    setenv("PATH", s->dir, 1);
    unsetenv("THREADMILL_CC");
    struct run_built b = build(s, &(struct request){.source = HELLO});
    setenv("PATH", old, 1);
    if (cc)
        setenv("THREADMILL_CC", cc, 1);
    free(old);
    free(cc);
    assert_int_equal(b.verdict, VERDICT_TROUBLE);
    assert_non_null(strstr(b.message, "no C compiler found; install gcc"));
    run_built_fini(&b);
    want_part(s, (struct request){.source = HELLO, .cc = "no-such-cc"}, VERDICT_TROUBLE, 0,
              "the C compiler 'no-such-cc' does not work here");
}

/* ---- what is refused ------------------------------------------------------------------- */

static void test_refused_calls(void **state)
{
    struct sandbox *s = *state;
    EACH_COMPILER(cc)
    {
        want(s,
             (struct request){.cc = cc,
                              .exercise = true,
                              .source = "#include <stdlib.h>\n\nint main(void) {\n"
                                        "  return\n    system(\"ls\");\n}\n"},
             VERDICT_LIMIT, 5,
             "system() cannot be used in an exercise: it starts other programs (line 5)");
        want(s,
             (struct request){.cc = cc,
                              .source = "#define _DEFAULT_SOURCE\n#include <unistd.h>\n"
                                        "int main(void) { return vfork(); }\n"},
             VERDICT_LIMIT, 3,
             "vfork() cannot be explored: a child may do hardly anything before it execs; "
             "use fork (line 3)");
        want(s,
             (struct request){.cc = cc,
                              .source = "#include <stdio.h>\nFILE *f(void);\nFILE *f(void) {\n"
                                        "  return stdin;\n}\nint main(void) { return 0; }\n"},
             VERDICT_LIMIT, 4, "stdin cannot be explored: there is no keyboard here (line 4)");
        want(s,
             (struct request){
                 .cc = cc,
                 .source = "#include <unistd.h>\nint main(void) {\n  return chroot(\"/\");\n}\n",
                 .cflag = "-D_GNU_SOURCE"},
             VERDICT_LIMIT, 3,
             "chroot() cannot be explored: the lab does not know what it does (line 3)");
        /* The first of several, and weak references count like others. */
        want(s,
             (struct request){.cc = cc,
                              .source = "int system(const char *) __attribute__((weak));\n"
                                        "int vfork(void);\nint main(void) {\n  system(\"\");\n"
                                        "  return vfork();\n}\n"},
             VERDICT_LIMIT, 4, "system() cannot be explored: it starts other programs (line 4)");
    }
}

static void test_forbidden_calls(void **state)
{
    struct sandbox *s = *state;
    static const char source[] =
        "#include <pthread.h>\n#include <stdatomic.h>\n_Atomic int x;\n"
        "pthread_mutex_t lock;\nint main(void) {\n  pthread_mutex_lock(&lock);\n"
        "  x++;\n  return 0;\n}\n";
    EACH_COMPILER(cc)
    {
        want(s,
             (struct request){
                 .cc = cc, .exercise = true, .source = source, .forbid = "pthread_mutex_lock"},
             VERDICT_LIMIT, 6, "pthread_mutex_lock() is not allowed in this exercise (line 6)");
        want(s, (struct request){.cc = cc, .exercise = true, .source = source, .forbid = "atomics"},
             VERDICT_LIMIT, 7, "atomic operations are not allowed in this exercise (line 7)");
        want_plugin(
            s, (struct request){.cc = cc, .exercise = true, .source = source, .forbid = "sleep"});
        /* Only the learner's own file: the test may use what it likes. */
        want_plugin(s, (struct request){.cc = cc,
                                        .exercise = true,
                                        .source = "int nothing;\n",
                                        .check = source,
                                        .forbid = "pthread_mutex_lock"});
    }
}

static void test_hidden_things(void **state)
{
    struct sandbox *s = *state;
    EACH_COMPILER(cc)
    {
        want(s, (struct request){.cc = cc, .source = "int main(void) {\n  __asm__(\"nop\");\n}\n"},
             VERDICT_LIMIT, 2,
             "inline assembly cannot be explored: the lab cannot see what it does (line 2)");
        want_part(s,
                  (struct request){.cc = cc,
                                   .source = "#define X(a, b) a##b\nint main(void) {\n\n"
                                             "  X(as, m)(\"nop\");\n}\n"},
                  VERDICT_LIMIT, 4, "inline assembly");
        want_part(
            s, (struct request){.cc = cc, .source = "int main(void) {\n  as\\\nm(\"nop\");\n}\n"},
            VERDICT_LIMIT, 2, "inline assembly");
        want_part(s,
                  (struct request){.cc = cc,
                                   .source = "__attribute__((__constructor__))\n"
                                             "static void f(void) {}\nint main(void) { f(); }\n"},
                  VERDICT_LIMIT, 1, "a constructor");
        want_part(s,
                  (struct request){.cc = cc,
                                   .source = "int x;\n__attribute__((no_sanitize(\"thread\")))\n"
                                             "int main(void) { return x; }\n"},
                  VERDICT_LIMIT, 2, "no_sanitize");
        want_part(s,
                  (struct request){.cc = cc,
                                   .source = "#pragma GCC optimize(\"O2\")\nint main(void) {}\n"},
                  VERDICT_LIMIT, 1, "#pragma optimize");
        want_part(s,
                  (struct request){.cc = cc,
                                   .source = "void __tsan_write4(void *p);\n"
                                             "void __tsan_write4(void *p) {}\nint main(void) {}\n"},
                  VERDICT_LIMIT, 0, "'__tsan_write4' is a name of the lab's");
        want_part(s,
                  (struct request){.cc = cc,
                                   .exercise = true,
                                   .check = "int main(void) { return 0; }\n",
                                   .source = "int lab_scenario_easy;\n"},
                  VERDICT_LIMIT, 0, "'lab_scenario_easy' is a name of the lab's");
        want_part(s,
                  (struct request){.cc = cc, .source = "char a[1ul << 40];\nint main(void) {}\n"},
                  VERDICT_LIMIT, 0, "global variables take more than");
    }
}

/* Cancelling at any moment leaves nothing behind; sandbox_close finds what is left. */
static void never(void *data, struct run_built *b) { fail_msg("called after cancel"); }

static void test_cancel(void **state)
{
    struct sandbox *s = *state;
    char *path = sandbox_path(s, "learner.c");
    const char *source = path;
    struct run_build b = {.sources = &source, .source_count = 1};
    sandbox_write(s, "learner.c", HELLO);
    for (int turns = 0; turns < 12; turns++) {
        struct run_job *job = run_build_start(&s->loop, &s->paths, &b, never, NULL);
        for (int i = 0; i < turns % 3; i++)
            uv_run(&s->loop, UV_RUN_NOWAIT);
        run_job_cancel(job);
    }
    run_job_cancel(NULL);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SANDBOX_TEST(test_plugin),
        SANDBOX_TEST(test_native_is_not_instrumented),
        SANDBOX_TEST(test_scenarios_in_source_order),
        SANDBOX_TEST(test_harmless_things_pass),
        SANDBOX_TEST(test_libm_comes_along),
        SANDBOX_TEST(test_own_functions_win),
        SANDBOX_TEST(test_cache),
        SANDBOX_TEST(test_cache_survives_damage),
        SANDBOX_TEST(test_no_scratch_files_stay),
        SANDBOX_TEST(test_compile_errors),
        SANDBOX_TEST(test_endless_compiles_are_stopped),
        SANDBOX_TEST(test_output_is_clean),
        SANDBOX_TEST(test_unusable_files),
        SANDBOX_TEST(test_no_compiler),
        SANDBOX_TEST(test_refused_calls),
        SANDBOX_TEST(test_forbidden_calls),
        SANDBOX_TEST(test_hidden_things),
        SANDBOX_TEST(test_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
