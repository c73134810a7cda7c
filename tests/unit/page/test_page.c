/* Files first: cases/NAME.md (or .c, .py, .rosetta, .lanes, .careful) laid out for a width must
 * look like cases/NAME.WIDTH.lines; NAME.WIDTH.marks is the same with PAGE_MARKS and without
 * styles. A styled span is written ‹style|text›. Then properties that hold for any input at any
 * width.
 *
 * ACCEPT=1 rewrites the expectations; look at the diff.
 */
#include "page/page.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* ---- cases ---------------------------------------------------------------------- */

static char *dump(const struct page *p)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < p->count; i++) {
        const struct page_line *l = &p->lines[i];
        for (size_t k = 0; k < l->count; k++)
            if (l->spans[k].style == PAGE_TEXT)
                strbuf_adds(&b, l->spans[k].text);
            else
                strbuf_addf(&b, "‹%s|%s›", page_style_id(l->spans[k].style), l->spans[k].text);
        if (l->marked || l->anchor || l->source)
            strbuf_addf(&b, "  {%s%d %d}", l->marked ? "marked " : "", l->source, l->anchor);
        strbuf_addc(&b, '\n');
    }
    return strbuf_take(&b);
}

/* Lines "tag source", tag 0 for none. */
struct tagged {
    struct strbuf text;
    int tags[100], count;
};

static void tagged_add(struct tagged *t, const char *line)
{
    t->tags[t->count++] = line[0] - '0';
    strbuf_addf(&t->text, "%s\n", line + 2);
}

/* Both sides of a rosetta, divided by a line "%%". */
static void lay_rosetta(struct page *p, char *text, int width)
{
    struct tagged sides[2] = {{.text = STRBUF_INIT}, {.text = STRBUF_INIT}};
    int side = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        if (strcmp(line, "%%") == 0)
            side = 1;
        else
            tagged_add(&sides[side], line);
    struct page_source left = {.text = sides[0].text.s,
                               .language = PAGE_PYTHON,
                               .label = "Python",
                               .first_line = 1,
                               .tags = sides[0].tags,
                               .line_count = sides[0].count};
    struct page_source right = {.text = sides[1].text.s,
                                .language = PAGE_C,
                                .label = "C",
                                .first_line = 1,
                                .tags = sides[1].tags,
                                .line_count = sides[1].count};
    page_rosetta(p, &left, &right, width);
    strbuf_fini(&sides[0].text);
    strbuf_fini(&sides[1].text);
}

static void lay_careful(struct page *p, char *text, int width, unsigned flags)
{
    char *second = strstr(text, "\n%%\n");
    assert_non_null(second);
    *second = '\0';
    page_careful(p, text, second + 4, width, flags);
}

static void lay(struct page *p, const char *name, char *text, int width, unsigned flags)
{
    static const int marks[] = {2, 4};
    struct page_source s = {.text = text,
                            .language = page_language(name),
                            .first_line = 1,
                            .marks = marks,
                            .mark_count = 2};
    if (str_ends(name, ".md"))
        page_markdown(p, text, width, flags);
    else if (str_ends(name, ".rosetta"))
        lay_rosetta(p, text, width);
    else if (str_ends(name, ".lanes"))
        page_lanes(p, text, width);
    else if (str_ends(name, ".careful"))
        lay_careful(p, text, width, flags);
    else
        page_code(p, &s, width);
}

static bool run_case(const char *source, const char *expectation, int width, bool marks)
{
    struct page p = PAGE_INIT;
    char *text = file_read(source, 1 << 20, NULL, NULL), *copy = xstrdup(text);
    lay(&p, source, copy, width, marks ? PAGE_MARKS : 0);
    char *is = marks ? page_plain(&p, false) : dump(&p);
    if (getenv("ACCEPT"))
        assert_true(file_write_atomic(expectation, is, strlen(is), NULL));
    char *should = file_read(expectation, 1 << 20, NULL, NULL);
    bool same = should && strcmp(is, should) == 0;
    if (!same)
        print_error("%s:\n--- is\n%s--- should be\n%s", expectation, is, should ? should : "");
    assert_true(page_widest(&p) <= width);
    free(should);
    free(is);
    free(copy);
    free(text);
    page_fini(&p);
    return same;
}

/* "table.40.lines" belongs to the file "table.*" that is no expectation itself. */
static char *source_of(char **names, size_t count, const char *expectation, int *ret_width)
{
    size_t n = strcspn(expectation, ".");
    *ret_width = atoi(expectation + n + 1);
    for (size_t i = 0; i < count; i++)
        if (strncmp(names[i], expectation, n + 1) == 0 && !str_ends(names[i], ".lines") &&
            !str_ends(names[i], ".marks"))
            return path_join(CASES, names[i]);
    fail_msg("nothing to lay out for %s", expectation);
    return NULL;
}

static void test_cases(void **state)
{
    size_t count, cases = 0, wrong = 0;
    char **names = dir_list(CASES, &count, NULL);
    assert_non_null(names);
    for (size_t i = 0; i < count; i++) {
        int width;
        bool marks = str_ends(names[i], ".marks");
        if (!marks && !str_ends(names[i], ".lines"))
            continue;
        char *source = source_of(names, count, names[i], &width),
             *path = path_join(CASES, names[i]);
        wrong += !run_case(source, path, width, marks);
        cases++;
        free(source);
        free(path);
    }
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    assert_int_equal(wrong, 0);
    assert_true(cases >= 15);
}

/* ---- small things ------------------------------------------------------------------------------
 */

static void test_columns(void **state)
{
    assert_int_equal(page_columns("abc"), 3);
    assert_int_equal(page_columns("茶杯"), 4);
    assert_int_equal(page_columns("e\xcc\x81"), 1); /* e and a combining accent */
    assert_int_equal(page_columns("a\tb"), 5);
    assert_int_equal(page_columns("\xff\x01"), 2);
    assert_int_equal(page_columns("ab\ncd"), 2);
    assert_int_equal(page_columns(""), 0);
}

static const char *look_up(void *arg, const char *name)
{
    return strcmp(name, "cores") == 0 ? arg : NULL;
}

static void test_expand(void **state)
{
    static const char *const cases[][2] = {/* clang-format off */
        {"{{cores}} cores", "8 cores"}, {"a {{cores}}{{cores}}", "a 88"}, {"{{moons}}", "{{moons}}"}, {"{{", "{{"},
        {"{{cores}", "{{cores}"}, {"{{{cores}}}", "{{{cores}}}"}, {"", ""}, {"{{CORES}}", "{{CORES}}"}, {"{{}}", "{{}}"}};
    /* clang-format on */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *s = page_expand(cases[i][0], look_up, (void *)"8");
        assert_string_equal(s, cases[i][1]);
        free(s);
    }
}

static void test_item(void **state)
{
    struct page p = PAGE_INIT;
    page_item(&p, "1. ", "- this *is* no `list in here`\nbut one item", 20, 0);
    page_item(&p, "2. ", "# nor heading", 20, 0);
    page_item(&p, "3. ", "", 20, 0);
    char *s = dump(&p);
    assert_string_equal(s,
                        "‹bullet|1. ›- this ‹emph|is› no\n   ‹code|list in here› but\n   one item\n"
                        "‹bullet|2. ›# nor heading\n‹bullet|3. ›\n");
    free(s);
    page_fini(&p);
}

static void test_plain_ascii(void **state)
{
    struct page p = PAGE_INIT;
    page_markdown(&p, "| a | b |\n|---|---|\n| “x” – 茶 | é… |\n\n- item\n", 40, 0);
    char *s = page_plain(&p, true);
    assert_string_equal(s, "a        | b\n---------+---\n\"x\" - ?? | ?.\n\n* item\n");
    free(s);
    page_fini(&p);
}

static void test_lex_state(void **state)
{
    int open = 0;
    struct page_line l;
    page_lex(&l, "a /* b", 6, PAGE_C, &open);
    assert_int_equal(l.count, 2);
    page_line_fini(&l);
    page_lex(&l, "c */ d", 6, PAGE_C, &open);
    assert_int_equal(l.spans[0].style, PAGE_COMMENT);
    assert_string_equal(l.spans[0].text, "c */");
    assert_int_equal(l.spans[1].style, PAGE_CODE);
    assert_int_equal(open, 0);
    page_line_fini(&l);
}

static void test_forbidden(void **state)
{
    assert_null(page_forbidden(
        "a *b* **c** `d`\n\n- e\n  - f\n\n### g\n\n| h | i |\n|---|---|\n| j | k |"));
    assert_string_equal(page_forbidden("[a](b)"), "a link");
    assert_string_equal(page_forbidden("<http://a.b>"), "a link");
    assert_string_equal(page_forbidden("a\n\n```\nb\n```"), "a fenced block");
    assert_null(page_forbidden("- a\n- b\n\nc\n\n- d\n  - e\n\n- f"));
    assert_string_equal(page_forbidden("- a\n  - b\n    - c"), "a list three deep");
}

static void test_needs(void **state)
{
    assert_int_equal(page_needs("a longword `two words`"), 9);
    assert_int_equal(page_needs("- longword"), 10);
    assert_int_equal(page_needs("| ab cd | e |\n|---|---|\n| x | yyy |"), 8);
    assert_int_equal(page_needs(""), 0);
}

/* Does the right side stand beside the left one? */
static bool beside(const struct page_source *left, const struct page_source *right, int width)
{
    struct page p = PAGE_INIT;
    page_rosetta(&p, left, right, width);
    bool is = p.lines[0].split > 0;
    page_fini(&p);
    return is;
}

static void test_rosetta_fits(void **state)
{
    struct page_source wide = {.text = "    a line of thirty-two columns 12\n"},
                       narrow = {.text = "a\n"};
    assert_true(beside(&wide, &narrow, 76));
    assert_true(beside(&narrow, &wide, 76));
    assert_true(beside(&wide, &narrow, 60));
    assert_true(beside(&narrow, &wide, 60));
    assert_false(beside(&wide, &wide, 60));
    assert_true(beside(&narrow, &narrow, 20));
}

/* The right label has the columns of the right side, also where that is the wider one. */
static void test_rosetta_labels(void **state)
{
    struct page_source left = {.text = "a\n", .label = "there"},
                       right = {.text = "a line of thirty-three columns, 3\n", .label = "the same, but here in thirty-two"};
    struct page p = PAGE_INIT;
    page_rosetta(&p, &left, &right, 60);
    assert_int_equal(p.lines[0].split, 60 - 33);
    const struct page_line *l = &p.lines[0];
    assert_non_null(strstr(l->spans[l->count - 1].text, right.label));
    page_fini(&p);
}

/* ---- for any input at any width ------------------------------------------------- */

static void check_span(const struct page_span *s)
{
    size_t n = strlen(s->text);
    assert_true(n > 0 && utf8_valid(s->text, n));
    assert_int_equal(s->columns, page_columns(s->text));
    for (size_t i = 0; i < n; i++)
        assert_true((unsigned char)s->text[i] >= 0x20 && s->text[i] != 0x7f);
}

static void check_page(struct page *p, int width)
{
    for (size_t i = 0; i < p->count; i++) {
        int sum = 0;
        for (size_t k = 0; k < p->lines[i].count; k++) {
            check_span(&p->lines[i].spans[k]);
            sum += p->lines[i].spans[k].columns;
        }
        assert_int_equal(sum, p->lines[i].columns);
        assert_true(sum <= (width < PAGE_MIN ? PAGE_MIN : width));
    }
    free(page_plain(p, true));
    free(page_plain(p, false));
    page_fini(p);
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static const char *const words[] = {
    /* clang-format off */
    "a", "word ", "longerword", " ", "\n", "\n\n", "- ", "  - ", "1. ", "10) ", "|", "| a ", "|---|---|\n", "`", "``", "*", "**", "_",
    "# ", "### ", "> ", "```\n", "    ", "\t", "<b>", "&lt;", "&copy;", "\\", "[x](y)", "![x](y)", "{{a}}", "茶", "é", "e\xcc\x81", "\xff",
    "\x01", "\x1b[31m", "\r", "—", "👍", "\"", "'", "/*", "*/", "//", "'''", "\"\"\"", "#include <x>", "int ", "0x1f", "…", "---\n", "\xe2\x80",
    /* clang-format on */
};

static char *random_text(uint64_t *seed)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t n = random_next(seed) % 60; n > 0; n--)
        strbuf_adds(&b, words[random_next(seed) % (sizeof words / sizeof *words)]);
    return strbuf_take(&b);
}

static void test_anything(void **state)
{
    uint64_t seed = 42;
    for (int round = 0; round < 4000; round++) {
        char *a = random_text(&seed), *b = random_text(&seed);
        int width = (int)(random_next(&seed) % 90), tags[3] = {1, 2, 1}, marks[1] = {2};
        unsigned flags = random_next(&seed) % 2 ? PAGE_MARKS : 0;
        struct page_source x = {.text = a,
                                .language = (enum page_language)(round % 3),
                                .label = b,
                                .first_line = round % 2,
                                .tags = tags,
                                .line_count = 3,
                                .marks = marks,
                                .mark_count = round % 2};
        struct page_source y = {.text = b, .language = PAGE_C, .tags = tags, .line_count = 3};
        struct page p = PAGE_INIT;
        page_markdown(&p, a, width, flags);
        check_page(&p, width);
        page_item(&p, "12. ", a, width, flags);
        check_page(&p, width);
        page_code(&p, &x, width);
        check_page(&p, width);
        page_rosetta(&p, &x, &y, width);
        check_page(&p, width);
        page_lanes(&p, a, width);
        check_page(&p, width);
        page_careful(&p, a, b, width, flags);
        check_page(&p, width);
        page_forbidden(a);
        free(page_expand(a, look_up, NULL));
        free(a);
        free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_expand),       cmocka_unit_test(test_item),
        cmocka_unit_test(test_plain_ascii),  cmocka_unit_test(test_lex_state),
        cmocka_unit_test(test_forbidden),    cmocka_unit_test(test_needs),
        cmocka_unit_test(test_rosetta_fits), cmocka_unit_test(test_rosetta_labels),
        cmocka_unit_test(test_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
