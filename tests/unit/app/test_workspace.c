/* workspace: found where it should be; the learner's file is never lost, the task's files are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sandbox.h"
#include "session/workspace.h"

static struct exercise ex;
static struct lesson lesson;
static struct course course;
static char *root;

static int setup(void **state)
{
    if (sandbox_make(state) != 0)
        return -1;
    char *dir = in_sandbox("course/ex");
    dir_make_all(dir, NULL);
    write_file("course/ex/tally.c", "starter\n");
    write_file("course/ex/tally.h", "header\n");
    write_file("course/ex/check.c", "tests\n");
    write_file("course/ex/exercise.md", "---\n");
    ex = (struct exercise){.id = (char *)"03-race/tally",
                           .name = (char *)"tally",
                           .lesson = (char *)"03-race",
                           .dir = dir,
                           .edit = (char *)"tally.c",
                           .statement = (char *)"Count.\n"};
    lesson = (struct lesson){.id = (char *)"03-race", .exercises = &ex, .exercise_count = 1};
    course = (struct course){.root = in_sandbox("course"), .lessons = &lesson, .lesson_count = 1};
    root = in_sandbox("ws");
    struct err e = {0};
    return workspace_init(root, &course, "/lab/include \"x\"", NULL, &e) ? 0 : -1;
}

static int teardown(void **state)
{
    free(ex.dir);
    free(course.root);
    free(root);
    return sandbox_remove(state);
}

static void expect(const char *name, const char *text)
{
    char *got = read_back(name);
    if (!got || strcmp(got, text) != 0)
        fail_msg("%s: got '%s', expected '%s'", name, got ? got : "(nothing)", text);
    free(got);
}

static void a_new_one(void **state)
{
    (void)state;
    assert_true(workspace_exists(root));
    expect("ws/03-race/tally/tally.c", "starter\n");
    expect("ws/03-race/tally/tally.h", "header\n");
    expect("ws/03-race/tally/TASK.md",
           "# 03-race/tally\n\nCount.\n\nEdit `tally.c`, then run `threadmill check tally`.\n");
    char *clangd = read_back("ws/.clangd");
    assert_non_null(strstr(clangd, "\"-I/lab/include \\\"x\\\"\""));
    free(clangd);
}

static void never_overwritten(void **state)
{
    struct workspace_made made;
    struct err e = {0};
    (void)state;
    write_file("ws/03-race/tally/tally.c", "mine\n");
    write_file("ws/README.md", "my notes\n");
    write_file("ws/.clangd", "CompileFlags: mine\n");
    assert_true(workspace_init(root, &course, "/elsewhere", &made, &e));
    assert_int_equal(made.files_written, 0);
    expect("ws/03-race/tally/tally.c", "mine\n");
    expect("ws/README.md", "my notes\n");
    expect("ws/.clangd", "CompileFlags: mine\n");
}

static void our_clangd_follows_the_lab(void **state)
{
    struct err e = {0};
    (void)state;
    assert_true(workspace_init(root, &course, "/moved", NULL, &e));
    char *clangd = read_back("ws/.clangd");
    assert_non_null(strstr(clangd, "-I/moved"));
    free(clangd);
}

static void a_changed_header_is_put_back(void **state)
{
    char *note;
    struct err e = {0};
    (void)state;
    write_file("ws/03-race/tally/tally.h", "changed\n");
    assert_true(workspace_prepare(root, &ex, &note, &e));
    expect("ws/03-race/tally/tally.h", "header\n");
    expect("ws/03-race/tally/tally.h.1", "changed\n");
    assert_string_equal(note,
                        "tally.h belongs to the task: it was put back, the old one is tally.h.1");
    free(note);
    assert_true(workspace_prepare(root, &ex, &note, &e));
    assert_null(note);
}

static void reset_keeps_every_version(void **state)
{
    char *kept;
    struct err e = {0};
    (void)state;
    assert_true(workspace_reset(root, &ex, &kept, &e));
    assert_null(kept); /* it was the starter */
    for (int i = 1; i <= 3; i++) {
        char text[16], name[64];
        snprintf(text, sizeof text, "mine %d\n", i);
        snprintf(name, sizeof name, "ws/03-race/tally/tally.c.%d", i);
        write_file("ws/03-race/tally/tally.c", text);
        assert_true(workspace_reset(root, &ex, &kept, &e));
        assert_true(str_ends(kept, name + 2));
        expect(name, text);
        expect("ws/03-race/tally/tally.c", "starter\n");
        free(kept);
    }
}

static void states_follow_the_file(void **state)
{
    (void)state;
    struct progress *p = progress_load(root);
    char *file = workspace_file(root, &ex);
    assert_int_equal(workspace_state(root, p, &ex), EXERCISE_OPEN);
    progress_passed(p, ex.id, workspace_hash(file));
    assert_int_equal(workspace_state(root, p, &ex), EXERCISE_PASSED);
    write_file("ws/03-race/tally/tally.c", "another\n");
    assert_int_equal(workspace_state(root, p, &ex), EXERCISE_CHANGED);
    write_file("ws/03-race/tally/tally.c", "starter\n");
    assert_int_equal(workspace_state(root, p, &ex), EXERCISE_PASSED);
    unlink(file);
    assert_int_equal(workspace_state(root, p, &ex), EXERCISE_CHANGED);
    free(file);
    progress_free(p);
}

static void found_where_it_should_be(void **state)
{
    struct err e = {0};
    (void)state;
    char *deep = in_sandbox("ws/03-race/tally"), *found = workspace_find(deep, &e);
    assert_string_equal(found, root);
    free(found);
    setenv("THREADMILL_WORKSPACE", "rel", 1);
    found = workspace_find("/", &e);
    assert_string_equal(found, "/rel");
    free(found);
    unsetenv("THREADMILL_WORKSPACE");
    setenv("HOME", "/somebody", 1);
    found = workspace_find("/", &e);
    assert_string_equal(found, "/somebody/threadmill");
    free(found);
    unsetenv("HOME");
    assert_null(workspace_find("/", &e));
    assert_non_null(strstr(e.msg, "THREADMILL_WORKSPACE"));
    free(deep);
}

#define HERE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HERE(a_new_one),
        HERE(never_overwritten),
        HERE(our_clangd_follows_the_lab),
        HERE(a_changed_header_is_put_back),
        HERE(reset_keeps_every_version),
        HERE(states_follow_the_file),
        HERE(found_where_it_should_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
