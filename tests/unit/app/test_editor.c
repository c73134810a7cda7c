/* editor: whose it is, how it takes a line, and where it opens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/editor.h"
#include "sandbox.h"

static int setup(void **state)
{
    static const char *const cleared[] = {"VISUAL", "EDITOR", "TMUX", "ZELLIJ", "TERM_PROGRAM"};

    sandbox_make(state);
    for (size_t i = 0; i < sizeof cleared / sizeof *cleared; i++)
        unsetenv(cleared[i]);
    return setenv("PATH", sandbox, 1);
}

static int teardown(void **state)
{
    setenv("PATH", "/usr/bin:/bin", 1);
    return sandbox_remove(state);
}

static void install(const char *name)
{
    write_file(name, "#!/bin/sh\n");
    char *path = in_sandbox(name);
    assert_int_equal(chmod(path, 0755), 0);
    free(path);
}

static const char *found(void)
{
    static struct editor e;

    return editor_find(&e) ? e.command : NULL;
}

static void the_learners_own_comes_first(void **state)
{
    (void)state;
    assert_null(found());
    install("vi");
    assert_string_equal(found(), "vi");
    install("nano");
    assert_string_equal(found(), "nano");
    setenv("EDITOR", "hx", 1);
    assert_string_equal(found(), "hx");
    setenv("VISUAL", "  ", 1); /* as good as nothing */
    assert_string_equal(found(), "hx");
    setenv("VISUAL", "code -w", 1);
    assert_string_equal(found(), "code -w");
}

static void in_vscode_it_is_vscode(void **state)
{
    (void)state;
    install("vi");
    setenv("TERM_PROGRAM", "vscode", 1);
    assert_string_equal(found(), "vi"); /* `code` is not there */
    install("code");
    assert_string_equal(found(), "code");
    setenv("EDITOR", "vi", 1);
    assert_string_equal(found(), "vi");
}

static void each_takes_its_line(void **state)
{
    static const struct {
        const char *command, *words;
    } cases[] = {
        {"vi", "+12 a b.c"},
        {"vim -n", "+12 a b.c"},
        {"/usr/bin/nvim", "+12 a b.c"},
        {"nano", "+12 a b.c"},
        {"emacs -nw", "+12 a b.c"},
        {"micro", "+12 a b.c"},
        {"hx", "a b.c:12"},
        {"helix", "a b.c:12"},
        {"kak", "+12 a b.c"},
        {"code", "-r -g a b.c:12"},
        {"codium -w", "-r -g a b.c:12"},
        {"kate", "-l 12 a b.c"},
        {"jed", "a b.c -g 12"},
        {"subl", "a b.c:12"},
        {"my-editor", "a b.c"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *args[EDITOR_ARGS];
        struct strbuf b = STRBUF_INIT;
        editor_args(cases[i].command, "a b.c", 12, args);
        for (int k = 0; args[k]; k++) {
            strbuf_addf(&b, "%s%s", k ? " " : "", args[k]);
            free(args[k]);
        }
        assert_string_equal(b.s, cases[i].words);
        strbuf_fini(&b);
        editor_args(cases[i].command, "a b.c", 0, args);
        assert_string_equal(args[0], "a b.c");
        assert_null(args[1]);
        free(args[0]);
    }
}

static void where_it_opens(void **state)
{
    struct editor vi = {.command = "vi"}, code = {.command = "code", .window = true};

    (void)state;
    assert_int_equal(editor_place(&vi), EDITOR_FRONT);
    setenv("TMUX", "/tmp/x,1,0", 1);
    assert_int_equal(editor_place(&vi), EDITOR_FRONT); /* no program to ask */
    install("tmux");
    assert_int_equal(editor_place(&vi), EDITOR_TMUX);
    assert_int_equal(editor_place(&code), EDITOR_WINDOW); /* needs no pane */
    unsetenv("TMUX");
    setenv("ZELLIJ", "0", 1);
    install("zellij");
    assert_int_equal(editor_place(&vi), EDITOR_ZELLIJ);
}

static void is_it_there(void **state)
{
    struct editor e = {.command = "vi -n"};

    (void)state;
    assert_false(editor_is_there(&e));
    install("vi");
    assert_true(editor_is_there(&e));
    e.command = "/no/such/editor";
    assert_false(editor_is_there(&e));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_learners_own_comes_first),
        T(in_vscode_it_is_vscode),
        T(each_takes_its_line),
        T(where_it_opens),
        T(is_it_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
