/* tokens: what a replay token belongs to comes back, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/tokens.h"
#include "sandbox.h"

static void comes_back(void **state)
{
    char *flags[] = {(char *)"-DN=3", (char *)"-DTEXT=\"a b\""};
    struct token_origin o = {.file = (char *)"/x/a file.c",
                             .exercise = (char *)"03-race/tally",
                             .races = (char *)"ignore",
                             .args = (char *)"-n 2",
                             .cflags = flags,
                             .cflag_count = 2},
                        got;
    (void)state;
    assert_false(tokens_find(sandbox, "tally@main:i:ab", &got));
    tokens_remember(sandbox, "tally@main:i:ab", &o);
    assert_true(tokens_find(sandbox, "tally@main:i:ab", &got));
    assert_string_equal(got.file, o.file);
    assert_string_equal(got.exercise, o.exercise);
    assert_string_equal(got.races, "ignore");
    assert_string_equal(got.args, "-n 2");
    assert_int_equal(got.cflag_count, 2);
    assert_string_equal(got.cflags[1], flags[1]);
    token_origin_fini(&got);
    assert_false(tokens_find(sandbox, "tally@main:i:ac", &got));
}

static void no_place_is_no_failure(void **state)
{
    struct token_origin o = {.file = (char *)"/x/a.c"}, got;
    (void)state;
    tokens_remember("/proc/threadmill", "t", &o);
    assert_false(tokens_find("/proc/threadmill", "t", &got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back, sandbox_make, sandbox_remove),
        cmocka_unit_test(no_place_is_no_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
