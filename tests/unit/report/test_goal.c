/* goals: the grammar, the values they are asked of, and what is refused in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/goal.h"

static char *names[] = {"c", "cup", "shop.cups", "flag"};

static struct goal *parse(const char *text)
{
    struct err e = {0};
    struct goal *g = goal_parse(text, names, 4, &e);
    if (!g)
        print_error("%s\n", e.msg);
    assert_non_null(g);
    return g;
}

/* c = -1, cup = {3, {4, 5}, 'x'}, shop.cups = 7 as raw bytes, flag = true */
static struct trace_outcome outcome(enum reason reason)
{
    static struct trace_watch w[4];
    w[0] = (struct trace_watch){.name = names[0], .size = 4, .text = (char *)"-1"};
    w[1] = (struct trace_watch){.name = names[1], .size = 12, .text = (char *)"{3, {4, 5}, 'x'}"};
    w[2] = (struct trace_watch){.name = names[2], .size = 2, .bytes = {0xf9, 0xff}};
    w[3] = (struct trace_watch){.name = names[3], .size = 1, .text = (char *)"true"};
    return (struct trace_outcome){
        .reason = reason, .watches = w, .watch_count = 4, .output = (char *)"2  2\n"};
}

static bool met(const char *text, enum reason reason)
{
    struct trace_outcome o = outcome(reason);
    struct goal *g = parse(text);
    bool yes = goal_met_outcome(g, &o);
    goal_free(g);
    return yes;
}

static void expressions(void **state)
{
    (void)state;
    assert_true(met("final c == -1", REASON_NONE));
    assert_false(met("final c == 1", REASON_NONE));
    assert_true(met("final c+1 == 0 && !0", REASON_NONE));
    assert_true(met("final 2 + 3 * 4 == 14", REASON_NONE));
    assert_true(met("final (2 + 3) * 4 == 20", REASON_NONE));
    assert_true(met("final 10 - 3 - 2 == 5", REASON_NONE));
    assert_true(met("final 1 < 2 == 1", REASON_NONE));
    assert_true(met("final 0 || 1 && 0 || 1", REASON_NONE));
    assert_false(met("final 1 && 0 || 0", REASON_NONE));
    assert_true(met("final !(c >= 0) && c <= -1 && c != 5", REASON_NONE));
    assert_true(met("final --1 == 1", REASON_NONE));
}

static void values(void **state)
{
    (void)state;
    assert_true(met("final shop.cups == -7", REASON_NONE));
    assert_true(met("final cup[0] == 3", REASON_NONE));
    assert_true(met("final cup[1][1] == 5", REASON_NONE));
    assert_true(met("final cup[2] == 120", REASON_NONE));
    assert_true(met("final flag == 1", REASON_NONE));
    /* What has no value meets nothing, and its opposite neither. */
    assert_false(met("final cup[9] == 0", REASON_NONE));
    assert_false(met("final !(cup[9] == 0)", REASON_NONE));
    assert_false(met("final cup == 3", REASON_NONE));
    /* ... but what is decided before it is asked for does not need it. */
    assert_true(met("final 1 || cup[9]", REASON_NONE));
    assert_false(met("final 9223372036854775807 + 1 > 0", REASON_NONE));
}

static void ends(void **state)
{
    (void)state;
    assert_false(met("final c == -1", REASON_DEADLOCK_CYCLE));
    assert_false(met("final c == -1", REASON_NULL_POINTER));
    assert_true(met("final c == -1", REASON_ASSERT));
    assert_true(met("deadlock", REASON_DEADLOCK_CYCLE));
    assert_true(met("deadlock", REASON_DEADLOCK_LOST_SIGNAL));
    assert_false(met("deadlock", REASON_NONE));
    assert_false(met("deadlock", REASON_LIVELOCK));
    assert_true(met("crash", REASON_DEAD_STACK));
    assert_false(met("crash", REASON_DEADLOCK_CYCLE));
    assert_true(met("output 2 2", REASON_NONE));
    assert_false(met("output 22", REASON_NONE));
    assert_false(met("output 2", REASON_NONE));
    assert_false(met("output 2 2 2", REASON_NONE));
}

static void moments(void **state)
{
    (void)state;
    struct trace_outcome o = outcome(REASON_NONE);
    struct trace_state st = {
        .watches = o.watches, .watch_count = o.watch_count, .output = o.output};
    struct goal *reach = parse("reach c < 0"), *final = parse("final c < 0");
    assert_true(goal_met_state(reach, &st));
    assert_false(goal_met_state(final, &st));
    st.ended = true;
    assert_true(goal_met_state(final, &st));
    st.failure.reason = REASON_DEADLOCK_SELF;
    assert_false(goal_met_state(final, &st));
    assert_int_equal(goal_kind_of(reach), GOAL_REACH);
    assert_string_equal(goal_text(reach), "c < 0");
    goal_free(reach);
    goal_free(final);
}

static void refused(void **state)
{
    static const struct {
        const char *text, *words;
    } bad[] = {
        {"", "it begins with final, reach, deadlock, crash or output"},
        {"finally c", "it begins with"},
        {"final", "the expression ends too early"},
        {"final c = 1", "'=' assigns; write '=='"},
        {"final d == 1", "'d' is not among the watched variables"},
        {"final (c == 1", "a ')' is missing"},
        {"final c == 1)", "there is something after the expression"},
        {"final c == 12x", "a number here is not one"},
        {"final c == 99999999999999999999", "a number here is not one"},
        {"final c == $", "something stands where a value should"},
        {"deadlock now", "nothing follows the word deadlock"},
        {"crash soon", "nothing follows the word crash"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};
        struct goal *g = goal_parse(bad[i].text, names, 4, &e);
        assert_null(g);
        if (!strstr(e.msg, bad[i].words))
            fail_msg("'%s': got '%s', expected '%s'", bad[i].text, e.msg, bad[i].words);
    }
}

static void nesting_ends(void **state)
{
    (void)state;
    char deep[6000] = "final ";
    struct err e = {0};
    memset(deep + 6, '(', 5000);
    assert_null(goal_parse(deep, names, 4, &e));
    assert_non_null(strstr(e.msg, "too deeply"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions), cmocka_unit_test(values),  cmocka_unit_test(ends),
        cmocka_unit_test(moments),     cmocka_unit_test(refused), cmocka_unit_test(nesting_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
