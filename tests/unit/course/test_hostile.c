/* Whatever stands in the files of a course, loading it, linting it and freeing it comes to an end
 * without a crash; under the sanitizers without a stain. Large files first, then bytes changed at
 * random with a fixed seed.
 */
#include "fixture.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define LINES  100000
#define ROUNDS 2000

static int setup(void **state)
{
    *state = scratch_new();
    return 0;
}

static int teardown(void **state)
{
    scratch_free(*state);
    return 0;
}

/* Returns how many problems were named. */
static size_t survive(const char *root)
{
    struct err e;
    struct course *c = course_load(root, &e);
    assert_non_null(c);
    size_t count;
    struct problem *p = course_lint(c, &count);
    for (size_t i = 0; i < count; i++)
        assert_true(*p[i].file && *p[i].text && p[i].line >= 0);
    problems_free(p, count);
    char *dump = course_dump(c);
    assert_true(strlen(dump) > 0);
    free(dump);
    course_free(c);
    return count;
}

/* `head`, then as many copies of `line` as a file may hold, then `tail`. */
static void flood(const char *root, const char *path, const char *head, const char *line,
                  const char *tail)
{
    size_t room = ((size_t)1 << 20) - strlen(head) - strlen(tail);
    if (str_ends(path, ".c"))
        room = ((size_t)1 << 18) - strlen(head) - strlen(tail);
    struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, head);
    for (size_t i = 0; i < LINES && b.len + strlen(line) <= room; i++)
        strbuf_adds(&b, line);
    strbuf_adds(&b, tail);
    char *before = scratch_read(root, path);
    scratch_write(root, path, b.s, b.len);
    if (survive(root) == 0)
        fail_msg("nothing is wrong with many '%s' in %s", line, path);
    scratch_write(root, path, before, strlen(before));
    free(before);
    strbuf_fini(&b);
}

#define FRONT "---\nlesson: 01-tiny\ntitle: T\nminutes: 1\ngoals: g\n---\n\n## quiz: Q {1}\n\n"

static void test_long_lessons(void **state)
{
    static const char *const lines[] = {
        /* clang-format off */
        "\n", "a\n", "- a\n", "  - a\n", "| a | b |\n", "|---|---|\n", "---\n", "a\n---\n\n", "## read: X {1}\n",
        "## x\n", "```code\n", "```code\ndemo/counter.c\n```\n", "```lanes\na #\n```\n", "```quiz\n? a\n= 1\n```\n",
        "```drive\nprogram: drive/lost.c\n```\n", "*a ", "**", "`", "[", "](", "<", "![a](b)", "{{", "{{cores}}\n",
        "&lt;", "\\", "> ", "\t", "茶", "́", "___\n", "|a", "```", "<!--", "<a ", "http://a ", "1. a\n", "%s%n",
    } /* clang-format on */;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        flood(*state, "lessons/01-tiny/lesson.md", FRONT, lines[i], "\n");
}

static void test_long_blocks(void **state)
{
    static const char *const blocks[][2] = {
        /* clang-format off */
        {"quiz\n", "? a\n"}, {"quiz\n", "? a\n[x] b\n[ ] c\n\n"}, {"quiz\n? a\n", "[x] b\n"}, {"quiz\n? a\n", "b\n"},
        {"quiz\n? a\n[x] b\n", "> c\n"}, {"quiz\n? a\n", "order: b\n"}, {"quiz\n? a\n", "match: b | c\n"},
        {"quiz\n? a\n", "key: computed\n"}, {"quiz\n? a\n", "code: demo/counter.c\n"}, {"quiz\n? a\n= 1\n", "= 1\n"},
        {"drive\n", "hint: a\n"}, {"drive\n", "  a\n"}, {"drive\nhint: a\n", "  a\n"}, {"drive\nthreads: ", "A=a,"},
        {"drive\nwatch: ", "a,"}, {"drive\nsched: ", "A "}, {"drive\nsched: ", "A"}, {"drive\n", "x: y\n"},
        {"demo\n", "variant: a | b | c\n"}, {"demo\nrun: ", "a "}, {"lanes\n", "a\n"}, {"code\n", "mark: 1\n"},
        {"code\ndemo/counter.c\nmark: ", "1,"}, {"careful\nsays: ", "a "}, {"careful\nsays: ", "a"},
        {"rosetta\n", "c: demo/counter.c\n"}, {"exercise\n", "use: count\n"}, {"exercise\nuse: ", "a"},
    } /* clang-format on */;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char *head = xasprintf("%s```%s", FRONT, blocks[i][0]);
        flood(*state, "lessons/01-tiny/lesson.md", head, blocks[i][1], "\n```\n");
        free(head);
    }
}

static void test_long_others(void **state)
{
    static const char exercise[] = "exercises/01-tiny/count/exercise.md",
                      mutant[] = "tests/mutants/01-tiny/count/m1-nothing.c",
                      program[] = "lessons/01-tiny/demo/counter.c";
    /* clang-format off */
    flood(*state, exercise, "---\n", "a: b\n", "");
    flood(*state, exercise, "---\nforbid: ", "a,", "\n---\n```hints\n1: a\n2: b\n3: c\n```\n");
    flood(*state, exercise, "---\n---\n```hints\n1: a\n", "  b\n", "```\n");
    flood(*state, exercise, "---\n---\n```hints\n", "1: b\n", "```\n");
    flood(*state, exercise, "---\n---\n```hints\n1: arrange:\n", "  b\n", "```\n");
    flood(*state, exercise, "---\n---\n```hints\n1: arrange: ", "a | ", "\n```\n");
    flood(*state, exercise, "---\n---\n", "```hints\n", "```\n");
    flood(*state, mutant, "/* mutant: ", "a\n", "*/");
    flood(*state, mutant, "// mutant: a\n", "// b\n", "");
    flood(*state, mutant, "", "\n", "");
    flood(*state, program, "", "/* region: inc */\n", "");
    flood(*state, program, "", "/* endregion */\n", "");
    flood(*state, program, "/* region: inc */\n", "\t", "\n/* endregion */\n");
    flood(*state, program, "/* region: inc */\n", "x //= 1\n", "\n/* endregion */\n");
    flood(*state, program, "/* region: inc */\n", "\"", "\n/* endregion */\n");
    flood(*state, "lessons/01-tiny/cards.md", "", "a\n", "");
    flood(*state, "lessons/01-tiny/cards.md", "", "a\n> b\n\n", "x\n");
    flood(*state, "lessons/coverage.txt", "", "S0-01 | a | 01.1\n", "");
    flood(*state, "lessons/coverage.txt", "S0-01 | a | ", "01.1, ", "\n");
    flood(*state, "lessons/misconceptions.txt", "", "M04 | a\n", "");
    /* clang-format on */
}

/* ---- bytes changed at random -------------------------------------------------------------------
 */

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static const char *const words[] = {
    /* clang-format off */
    "```", "\n", "---\n", "## ", "## quiz: X {9}\n", "{", "}", "[x]", "[ ]", "> ", "? ", "= ", "order: ", "match: ", " | ",
    "|", "key: computed ", "hint: ", "par: ", "sched: ", "\n  ", "(M04)", "covers=", "arrange: ", "distract: ", "region: ",
    "endregion", "/*", "*/", "//", "#", "\t", "\r", "\xff", "\xc3\xa9", "\xe8\x8c\xb6", "expect: ", "99999999999999999999",
    /* clang-format on */
};

static void damage(struct strbuf *b, const char *text, uint64_t *seed)
{
    size_t n = strlen(text), at = n ? random_next(seed) % n : 0, size = random_next(seed) % 40;
    size_t end = at + size < n ? at + size : n;
    strbuf_add(b, text, at);
    switch (random_next(seed) % 5) {
    case 0: /* a byte changed */
        strbuf_addc(b, (char)(1 + random_next(seed) % 255));
        end = at < n ? at + 1 : n;
        break;
    case 1:
        break; /* bytes left out */
    case 2:    /* bytes twice */
        strbuf_add(b, text + at, end - at);
        end = at;
        break;
    default: /* a word that means something */
        strbuf_adds(b, words[random_next(seed) % (sizeof words / sizeof *words)]);
        end = at;
        break;
    }
    strbuf_adds(b, text + end);
}

static void test_random_damage(void **state)
{
    static const char *const files[] = {
        "lessons/01-tiny/lesson.md",
        "lessons/01-tiny/lesson.md",
        "lessons/01-tiny/lesson.md",
        "lessons/01-tiny/demo/counter.c",
        "exercises/01-tiny/count/exercise.md",
        "exercises/01-tiny/spot/exercise.md",
        "tests/mutants/01-tiny/count/m1-nothing.c",
        "lessons/01-tiny/cards.md",
        "lessons/coverage.txt",
    };
    uint64_t seed = 20261120;
    size_t named = 0;
    for (size_t i = 0; i < ROUNDS; i++) {
        const char *file = files[random_next(&seed) % (sizeof files / sizeof *files)];
        char *before = scratch_read(*state, file), *text = xstrdup(before);
        for (size_t k = 1 + random_next(&seed) % 4; k > 0; k--) {
            struct strbuf b = STRBUF_INIT;
            damage(&b, text, &seed);
            free(text);
            text = strbuf_take(&b);
        }
        scratch_write(*state, file, text, strlen(text));
        named += survive(*state);
        scratch_write(*state, file, before, strlen(before));
        free(text);
        free(before);
    }
    assert_true(named > ROUNDS); /* the damage was noticed */
    assert_int_equal(survive(*state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_long_lessons, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_others, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_damage, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
