/* Sequences end where the grammar ends them, whole or cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "screen/escape.h"

/* Bytes of `text` (what follows an Esc) that belong to the sequence; -1: it begins none. A byte that ends it and is
 * a key of its own does not belong to it. 100 more when there is more to come. */
static int length(struct escape *e, const char *text)
{
    int i = 1, n = (int)strlen(text);

    if (!escape_begins(e, (unsigned char)text[0]))
        return -1;
    for (; i < n && e->state != ESCAPE_NONE; i++)
        switch (escape_take(e, (unsigned char)text[i])) {
        case ESCAPE_MORE: break;
        case ESCAPE_OVER: return i + 1;
        case ESCAPE_KEY: return i;
        }
    return 100 + i;
}

static void whole_ones(void **state)
{
    static const struct {
        const char *text;
        int length;
    } cases[] = {
        {"[Aq", 2},         {"[1;5Cq", 5},   {"[27;5;97~q", 9},   {"[<35;9;9mq", 9}, {"[?62;22cq", 8},
        {"[M !!q", 5},      {"[[Aq", 3},     {"Ocq", 2},          {"]0;x\aq", 5},    {"]0;x\033\\q", 6},
        {"P1+r\033\\q", 6}, {"_Gx\033\\q", 5}, {"[123456789012;1Rq", 16},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct escape e = {0};
        assert_int_equal(length(&e, cases[i].text), cases[i].length);
        assert_int_equal(e.state, ESCAPE_NONE);
    }
}

static void no_sequence(void **state)
{
    (void)state;
    for (const char *c = "qxZ1 \033\r\x03~"; *c; c++) {
        struct escape e = {0};
        assert_false(escape_begins(&e, (unsigned char)*c));
    }
}

static void cut_off(void **state)
{
    static const char *const begun[] = {"[", "[1;", "[M ", "O", "]0;x", "P1"};
    (void)state;
    for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
        struct escape e = {0};
        assert_true(length(&e, begun[i]) > 100);
        assert_int_equal(escape_take(&e, 3), ESCAPE_KEY);
        assert_int_equal(e.state, ESCAPE_NONE);
    }
}

static void brackets_of_a_paste(void **state)
{
    struct escape e = {0};
    (void)state;
    assert_int_equal(length(&e, "[200~"), 5);
    assert_true(e.pasting);
    assert_int_equal(length(&e, "[20~"), 4); /* another key, pasted along */
    assert_int_equal(length(&e, "[200;1~"), 7);
    assert_true(e.pasting);
    assert_int_equal(length(&e, "[201~"), 5);
    assert_false(e.pasting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_ones),
        cmocka_unit_test(no_sequence),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(brackets_of_a_paste),
    };
    return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
