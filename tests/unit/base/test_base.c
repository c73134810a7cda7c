/* base: strings, files that misbehave, UTF-8. */
#include "base/base.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static int setup(void **state)
{
    const char *tmp = getenv("TMPDIR");
    char *dir = xasprintf("%s/threadmill-base-XXXXXX", tmp ? tmp : "/tmp");
    *state = mkdtemp(dir);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    char *command = xasprintf("chmod -R u+rwx '%s'; rm -rf '%s'", (char *)*state, (char *)*state);
    int failed = system(command);
    free(command);
    free(*state);
    return failed;
}

/* ---- strings -------------------------------------------------------------------- */

static void test_strbuf(void **state)
{
    struct strbuf b = STRBUF_INIT;
    assert_string_equal(b.s, "");
    strbuf_add(&b, "", 0);
    strbuf_reset(&b);
    strbuf_addf(&b, "%s-%d", "a", 7);
    strbuf_addc(&b, '!');
    assert_string_equal(b.s, "a-7!");
    assert_int_equal(b.len, 4);
    strbuf_pad(&b, 6, '.');
    strbuf_pad(&b, 3, '.');
    assert_string_equal(b.s, "a-7!..");
    for (int i = 0; i < 10000; i++)
        strbuf_adds(&b, "0123456789");
    assert_int_equal(b.len, 100006);
    assert_int_equal(strlen(b.s), 100006);
    strbuf_reset(&b);
    assert_string_equal(b.s, "");
    char *s = strbuf_take(&b);
    assert_string_equal(s, "");
    free(s);
    s = strbuf_take(&b); /* of an empty one that never grew */
    assert_string_equal(s, "");
    free(s);
    strbuf_fini(&b);
    strbuf_add(&b, "a\0b", 3);
    assert_int_equal(b.len, 3);
    assert_memory_equal(b.s, "a\0b", 4);
    strbuf_fini(&b);
}

static void test_long_format(void **state)
{
    char *long_word = xmalloc(70001);
    memset(long_word, 'x', 70000);
    long_word[70000] = '\0';
    char *s = xasprintf("<%s>", long_word);
    assert_int_equal(strlen(s), 70002);
    assert_string_equal(s + 70000, "x>");
    free(s);
    free(long_word);
}

static void test_err(void **state)
{
    struct err e = {0};
    assert_false(err_set(&e, ENOENT, "no file '%s'", "x"));
    assert_int_equal(e.code, ENOENT);
    assert_string_equal(e.msg, "no file 'x'");
    assert_false(err_set(NULL, 0, "nobody listens"));
    assert_false(err_set(&e, 0, "%2000d", 1)); /* cut, not overrun */
    assert_int_equal(strlen(e.msg), sizeof e.msg - 1);
}

static void test_trim(void **state)
{
    static const char *const cases[][2] = {
        {" a b ", "a b"}, {"", ""}, {" \t\r\n", ""}, {"a", "a"}, {"\n a\n", "a"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *s = xstrdup(cases[i][0]);
        assert_string_equal(str_trim(s), cases[i][1]);
        free(s);
    }
}

static void test_ends(void **state)
{
    assert_true(str_ends("a.c", ".c") && str_ends("a", "") && str_starts("abc", "ab") &&
                str_starts("a", ""));
    assert_false(str_ends("c", ".c") || str_ends("a.cc", ".c") || str_starts("a", "ab"));
}

static void test_hash(void **state)
{
    /* published test vectors of FNV-1a */
    assert_true(hash_bytes("", 0, HASH_SEED) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_bytes("a", 1, HASH_SEED) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_bytes("foobar", 6, HASH_SEED) == UINT64_C(0x85944171f73967e8));
    assert_true(hash_bytes("bar", 3, hash_bytes("foo", 3, HASH_SEED)) ==
                UINT64_C(0x85944171f73967e8));
}

/* ---- paths ---------------------------------------------------------------------- */

static void test_paths(void **state)
{
    static const char *const joins[][3] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"}, {"/", "b", "/b"}};
    static const char *const dirs[][2] = {
        {"a/b", "a"}, {"a", "."}, {"/a", "/"}, {"/a/b", "/a"}, {"a/", "a"}};
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        char *s = path_join(joins[i][0], joins[i][1]);
        assert_string_equal(s, joins[i][2]);
        free(s);
    }
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++) {
        char *s = path_dirname(dirs[i][0]);
        assert_string_equal(s, dirs[i][1]);
        free(s);
    }
    assert_string_equal(path_basename("a/b.c"), "b.c");
    assert_string_equal(path_basename("b.c"), "b.c");
}

static void test_folders(void **state)
{
    struct err e = {0};
    char *deep = path_join(*state, "a/b/c"), *file = path_join(*state, "a/f"),
         *under = path_join(*state, "a/f/g");
    assert_true(dir_make_all(deep, &e));
    assert_true(dir_make_all(deep, &e));
    assert_true(path_is_dir(deep) && !path_is_file(deep));
    assert_true(file_write_atomic(file, "x", 1, &e));
    assert_true(path_is_file(file) && !path_is_dir(file));
    assert_false(dir_make_all(under, &e));
    assert_non_null(strstr(e.msg, "cannot make directory"));
    char *a = path_join(*state, "a");
    size_t count;
    char **names = dir_list(a, &count, &e);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "b");
    assert_string_equal(names[1], "f");
    free(names[0]);
    free(names[1]);
    free(names);
    names = dir_list(deep, &count, &e); /* empty is not an error */
    assert_non_null(names);
    assert_int_equal(count, 0);
    free(names);
    assert_null(dir_list(file, &count, &e));
    assert_int_equal(e.code, ENOTDIR);
    free(a);
    free(deep);
    free(file);
    free(under);
}

/* ---- files ---------------------------------------------------------------------- */

static void expect_unreadable(const char *path, size_t max, int code, const char *words)
{
    struct err e = {0};
    size_t n = 99;
    assert_null(file_read(path, max, &n, &e));
    assert_int_equal(e.code, code);
    assert_non_null(strstr(e.msg, words));
    assert_non_null(strstr(e.msg, path));
    assert_null(file_read(path, max, NULL, NULL));
}

static void test_read(void **state)
{
    char *path = path_join(*state, "f"), *fifo = path_join(*state, "fifo"),
         *loop = path_join(*state, "loop");
    char *missing = path_join(*state, "missing");
    struct err e = {0};
    size_t n;
    assert_true(file_write_atomic(path, "a\0b", 3, &e));
    char *text = file_read(path, 3, &n, &e);
    assert_int_equal(n, 3);
    assert_memory_equal(text, "a\0b", 4);
    free(text);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(symlink("loop", loop), 0);
    expect_unreadable(path, 2, EFBIG, "larger than 2 bytes");
    expect_unreadable(missing, 9, ENOENT, "cannot open");
    expect_unreadable(*state, 9, EISDIR, "is a directory");
    expect_unreadable(fifo, 9, EINVAL, "not a regular file"); /* and does not wait for a writer */
    expect_unreadable(loop, 9, ELOOP, "cannot open");
    expect_unreadable("/dev/zero", 9, EINVAL, "not a regular file");
    free(path);
    free(fifo);
    free(loop);
    free(missing);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void test_write(void **state)
{
    char *path = path_join(*state, "f"), *nowhere = path_join(*state, "no/f");
    struct err e = {0};
    mode_t old = umask(027);
    assert_true(file_write_atomic(path, "one", 3, &e));
    assert_int_equal(mode_of(path), 0640);
    assert_true(file_write_atomic(path, "", 0, &e));
    umask(old);
    size_t n, count;
    char *text = file_read(path, 10, &n, &e);
    assert_int_equal(n, 0);
    free(text);
    assert_false(file_write_atomic(nowhere, "x", 1, &e));
    assert_int_equal(e.code, ENOENT);
    assert_false(file_write_atomic(*state, "x", 1, &e)); /* onto a folder: nothing is left behind */
    char **names = dir_list(*state, &count, &e);
    assert_int_equal(count, 1);
    free(names[0]);
    free(names);
    free(path);
    free(nowhere);
}

/* A write that fails half way, as on a full disk: the old file stays, and no other is left. */
static void test_write_full(void **state)
{
    struct err e = {0};
    struct rlimit old, small = {.rlim_cur = 1000};
    char *path = path_join(*state, "f"), *big = xcalloc(1, 5000);
    assert_true(file_write_atomic(path, "old", 3, &e));
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool written = file_write_atomic(path, big, 5000, &e);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(written);
    assert_int_equal(e.code, EFBIG);
    size_t n, count;
    char *text = file_read(path, 10, &n, &e);
    assert_string_equal(text, "old");
    char **names = dir_list(*state, &count, &e);
    assert_int_equal(count, 1);
    free(names[0]);
    free(names);
    free(text);
    free(big);
    free(path);
}

/* ---- UTF-8 ---------------------------------------------------------------------- */

static void test_utf8_valid(void **state)
{
    /* clang-format off */
    static const struct { const char *s; size_t n; bool valid; } cases[] = {
        {"", 0, true}, {"a", 1, true}, {"\xc3\xa9", 2, true}, {"\xe8\x8c\xb6", 3, true}, {"\xf0\x9f\x91\x8d", 4, true},
        {"\xf4\x8f\xbf\xbf", 4, true}, {"\0", 1, false}, {"\xff", 1, false}, {"\x80", 1, false}, {"\xc3", 1, false},
        {"\xc0\x80", 2, false}, {"\xe0\x80\x80", 3, false}, {"\xed\xa0\x80", 3, false}, {"\xf4\x90\x80\x80", 4, false},
        {"\xf0\x80\x80\x80", 4, false}, {"\xe8\x8c", 2, false}, {"\xe8\x8c\x41", 3, false}, {"\xf5\x80\x80\x80", 4, false}};
    /* clang-format on */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_valid(cases[i].s, cases[i].n), cases[i].valid);
}

static void test_utf8_decode(void **state)
{
    uint32_t ch = 7;
    assert_int_equal(utf8_decode("", 0, &ch), 0);
    assert_int_equal(utf8_decode("a", 1, &ch), 1);
    assert_int_equal(ch, 'a');
    assert_int_equal(utf8_decode("\xe8\x8c\xb6x", 4, &ch), 3);
    assert_int_equal(ch, 0x8336);
    assert_int_equal(utf8_decode("\xf0\x9f\x91\x8d", 4, &ch), 4);
    assert_int_equal(ch, 0x1f44d);
    assert_int_equal(utf8_decode("\xe8\x8c\xb6", 2, &ch), 1);
    assert_true(ch == UTF8_BAD);
    assert_int_equal(utf8_decode("\x80", 1, &ch), 1);
    assert_true(ch == UTF8_BAD);
    assert_int_equal(utf8_decode("\0x", 2, &ch), 1);
    assert_int_equal(ch, 0);
}

/* Every code point comes back, and the bytes are valid exactly when there is one. */
static void test_utf8_all(void **state)
{
    for (uint32_t c = 1; c < 0x110000; c++) {
        char s[4];
        size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        uint32_t rest = c, back = 0;
        for (size_t i = n - 1; i > 0; i--, rest >>= 6)
            s[i] = (char)(0x80 | (rest & 0x3f));
        s[0] = (char)(n == 1 ? rest : (0xf00u >> n & 0xff) | rest);
        bool surrogate = c >= 0xd800 && c < 0xe000;
        size_t used = utf8_decode(s, n, &back);
        if (utf8_valid(s, n) == surrogate || used != (surrogate ? 1 : n) ||
            back != (surrogate ? UTF8_BAD : c))
            fail_msg("U+%04X", c);
    }
}

static void test_utf8_columns(void **state)
{
    /* clang-format off */
    static const struct { uint32_t ch; int columns; } cases[] = {
        {'a', 1}, {' ', 1}, {0, -1}, {0x1b, -1}, {0x7f, -1}, {0x9f, -1}, {0xa0, 1}, {0xad, 1}, {0xe9, 1}, {0x300, 0},
        {0x36f, 0}, {0x370, 1}, {0x200b, 0}, {0x2014, 1}, {0x2588, 1}, {0x25b8, 1}, {0x3000, 2}, {0x8336, 2}, {0xac00, 2},
        {0xff21, 2}, {0x1f44d, 2}, {0x20000, 2}, {0xe0100, 0}, {0xfe0f, 0}, {0x10ffff, 1}};
    /* clang-format on */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (utf8_columns(cases[i].ch) != cases[i].columns)
            fail_msg("U+%04X has %d columns", cases[i].ch, utf8_columns(cases[i].ch));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strbuf),
        cmocka_unit_test(test_long_format),
        cmocka_unit_test(test_err),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_paths),
        cmocka_unit_test_setup_teardown(test_folders, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write_full, setup, teardown),
        cmocka_unit_test(test_utf8_valid),
        cmocka_unit_test(test_utf8_decode),
        cmocka_unit_test(test_utf8_all),
        cmocka_unit_test(test_utf8_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
