/* Each case of problems.txt damages the good course and says which problems must be named, with
 * file and line: all of them, and no others.
 *
 *   == title
 *   change PATH      followed by "- old" and "+ new" lines; old must be there
 *   write PATH       followed by "+ " lines: the whole file
 *   delete PATH | folder PATH | link PATH TARGET | binary PATH | huge PATH
 *   expect FILE:LINE: part of the text
 */
#include "fixture.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

struct change {
    char *path;
    struct strbuf old, new;
    bool whole; /* write */
};

struct running {
    char *root, *title;
    struct change change;
    char *expects[64];
    size_t expect_count;
};

/* ---- damage --------------------------------------------------------------------- */

static void end_change(struct running *r)
{
    struct change *c = &r->change;
    if (!c->path)
        return;
    if (c->whole) {
        scratch_write(r->root, c->path, c->new.s, c->new.len);
    } else {
        char *text = scratch_read(r->root, c->path), *at = strstr(text, c->old.s);
        struct strbuf b = STRBUF_INIT;
        if (!at || c->old.len == 0)
            fail_msg("%s: '%s' is not in %s", r->title, c->old.s, c->path);
        strbuf_add(&b, text, (size_t)(at - text));
        strbuf_adds(&b, c->new.s);
        strbuf_adds(&b, at + c->old.len);
        scratch_write(r->root, c->path, b.s, b.len);
        strbuf_fini(&b);
        free(text);
    }
    free(c->path);
    strbuf_fini(&c->old);
    strbuf_fini(&c->new);
    c->path = NULL;
}

static void begin_change(struct running *r, const char *path, bool whole)
{
    end_change(r);
    r->change = (struct change){xstrdup(path), STRBUF_INIT, STRBUF_INIT, whole};
}

static void add_line(struct running *r, struct strbuf *b, const char *line)
{
    const char *s = line[1] ? line + 2 : "";
    if (r->change.whole)
        strbuf_addf(b, "%s\n", s);
    else
        strbuf_addf(b, "%s%s", b->len ? "\n" : "", s);
}

static void make_huge(const char *root, const char *path)
{
    size_t n = (size_t)3 << 20;
    char *bytes = xmalloc(n);
    memset(bytes, 'a', n);
    scratch_write(root, path, bytes, n);
    free(bytes);
}

static void make_link(const char *root, const char *args)
{
    char *path = xstrndup(args, strcspn(args, " ")), *full = path_join(root, path);
    unlink(full);
    assert_int_equal(symlink(args + strlen(path) + 1, full), 0);
    free(full);
    free(path);
}

static void make_folder(const char *root, const char *path)
{
    char *full = path_join(root, path);
    unlink(full);
    assert_int_equal(mkdir(full, 0777), 0);
    free(full);
}

static void command(struct running *r, const char *line)
{
    if (str_starts(line, "change "))
        begin_change(r, line + 7, false);
    else if (str_starts(line, "write "))
        begin_change(r, line + 6, true);
    else if (str_starts(line, "delete "))
        scratch_delete(r->root, line + 7);
    else if (str_starts(line, "folder "))
        make_folder(r->root, line + 7);
    else if (str_starts(line, "link "))
        make_link(r->root, line + 5);
    else if (str_starts(line, "binary "))
        scratch_write(r->root, line + 7,
                      "\x7f"
                      "ELF\0\1\2\xff",
                      8);
    else if (str_starts(line, "huge "))
        make_huge(r->root, line + 5);
    else if (str_starts(line, "expect "))
        r->expects[r->expect_count++] = xstrdup(line + 7);
    else if (*line == '-')
        add_line(r, &r->change.old, line);
    else if (*line == '+')
        add_line(r, &r->change.new, line);
    else if (*line && *line != '#')
        fail_msg("problems.txt: what is '%s'?", line);
}

/* ---- judging ----------------------------------------------------------------------------------
 */

static bool matches(const struct problem *p, const char *expect)
{
    char *where = xasprintf("%s:%d: ", p->file, p->line);
    bool same = str_starts(expect, where) && strstr(p->text, expect + strlen(where));
    free(where);
    return same;
}

static int judge(struct running *r, const struct problem *p, size_t count)
{
    bool met[64] = {false};
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < r->expect_count && (met[k] || !matches(&p[i], r->expects[k])))
            k++;
        if (k < r->expect_count)
            met[k] = true;
        else if (++wrong)
            print_error("%s: unexpected\n  %s:%d: %s\n", r->title, p[i].file, p[i].line, p[i].text);
    }
    for (size_t k = 0; k < r->expect_count; k++)
        if (!met[k] && ++wrong)
            print_error("%s: missing\n  %s\n", r->title, r->expects[k]);
    return wrong;
}

static int end_case(struct running *r)
{
    struct err e = {0};
    int wrong = 0;
    if (!r->title)
        return 0;
    end_change(r);
    struct course *c = course_load(r->root, &e);
    if (!c)
        fail_msg("%s: %s", r->title, e.msg);
    size_t count;
    struct problem *p = course_lint(c, &count);
    wrong = judge(r, p, count);
    char *dump = course_dump(c);
    free(dump);
    problems_free(p, count);
    course_free(c);
    for (size_t i = 0; i < r->expect_count; i++)
        free(r->expects[i]);
    free(r->title);
    scratch_free(r->root);
    *r = (struct running){0};
    return wrong;
}

static void test_cases(void **state)
{
    struct running r = {0};
    int wrong = 0, cases = 0;
    char *text = file_read(CASES, (size_t)1 << 20, NULL, NULL);
    assert_non_null(text);
    for (char *line = text, *next; *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        if (str_starts(line, "== ")) {
            wrong += end_case(&r);
            r.title = xstrdup(line + 3);
            r.root = scratch_new();
            cases++;
        } else {
            command(&r, line);
        }
    }
    wrong += end_case(&r);
    free(text);
    assert_int_equal(wrong, 0);
    assert_true(cases > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
