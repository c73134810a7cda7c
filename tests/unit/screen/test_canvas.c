/* canvas: clipping, wide characters, marks, ASCII twins; keys and their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "screen/canvas.h"
#include "screen/key.h"

static void expect(const struct canvas *c, const char *text)
{
    char *got = canvas_text(c);
    assert_string_equal(got, text);
    free(got);
}

static void writes_and_cuts_blanks(void **state)
{
    struct canvas c;
    canvas_init(&c, 2, 10);
    assert_int_equal(canvas_put(&c, 0, 1, STYLE_TEXT, "abc"), 3);
    canvas_put(&c, 1, 0, STYLE_TEXT, "x   ");
    expect(&c, " abc\nx\n");
    canvas_fini(&c);
}

static void clips_on_all_sides(void **state)
{
    struct canvas c;
    canvas_init(&c, 2, 4);
    assert_int_equal(canvas_put(&c, 0, -2, STYLE_TEXT, "abcdefgh"), 8);
    canvas_put(&c, -1, 0, STYLE_TEXT, "no");
    canvas_put(&c, 2, 0, STYLE_TEXT, "no");
    canvas_put(&c, 1, 100000, STYLE_TEXT, "no");
    canvas_put(&c, 1, -100000, STYLE_TEXT, "no");
    canvas_repeat(&c, 1, 2, 50, STYLE_TEXT, "-");
    canvas_vline(&c, -5, 0, 50, STYLE_TEXT, "|");
    expect(&c, "|def\n| --\n");
    assert_null(canvas_at(&c, 0, 4));
    assert_null(canvas_at(&c, -1, 0));
    canvas_fini(&c);
}

static void wide_characters_take_two_cells(void **state)
{
    struct canvas c;
    canvas_init(&c, 1, 6);
    assert_int_equal(canvas_put(&c, 0, 0, STYLE_TEXT, "茶茶"), 4);
    assert_int_equal(canvas_at(&c, 0, 1)->ch[0], 0);
    canvas_put(&c, 0, 1, STYLE_TEXT, "x"); /* the first half goes */
    expect(&c, " x茶\n");
    canvas_put(&c, 0, 2, STYLE_TEXT, "y"); /* the second half goes */
    expect(&c, " xy\n");
    canvas_fini(&c);
}

static void half_a_wide_character_is_a_blank(void **state)
{
    struct canvas c;
    canvas_init(&c, 1, 3);
    canvas_put(&c, 0, 2, STYLE_TEXT, "茶");
    expect(&c, "\n");
    canvas_put(&c, 0, -1, STYLE_TEXT, "茶b");
    expect(&c, " b\n");
    for (int col = 0; col < 3; col++)
        assert_int_not_equal(canvas_at(&c, 0, col)->ch[0], 0);
    canvas_fini(&c);
}

static void marks_join_the_cell_before(void **state)
{
    struct canvas c;
    canvas_init(&c, 1, 4);
    assert_int_equal(canvas_put(&c, 0, 0, STYLE_TEXT, "e\xcc\x81x"), 2);
    expect(&c, "e\xcc\x81x\n");
    canvas_put(&c, 0, 0, STYLE_TEXT,
               "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"); /* too many are dropped */
    expect(&c, "e\xcc\x81\xcc\x81\xcc\x81x\n");
    canvas_clear(&c);
    canvas_put(&c, 0, 0, STYLE_TEXT, "\xcc\x81"); /* nothing before it */
    expect(&c, "\n");
    canvas_fini(&c);
}

static void nothing_can_move_the_cursor(void **state)
{
    struct canvas c;
    canvas_init(&c, 1, 8);
    canvas_put(&c, 0, 0, STYLE_TEXT, "a\033[2J\x7f");
    expect(&c, "a?[2J?\n");
    canvas_put(&c, 0, 0, STYLE_TEXT, "\xff\xc3(ab\nno");
    expect(&c, "?"
               "?(ab?\n");
    canvas_fini(&c);
}

static void fits_with_an_ellipsis(void **state)
{
    struct canvas c;
    canvas_init(&c, 3, 8);
    assert_int_equal(canvas_put_fit(&c, 0, 0, 5, STYLE_TEXT, "abcde"), 5);
    assert_int_equal(canvas_put_fit(&c, 1, 0, 5, STYLE_TEXT, "abcdef"), 5);
    assert_int_equal(canvas_put_fit(&c, 2, 0, 4, STYLE_TEXT, "茶茶茶"), 3);
    expect(&c, "abcde\nabcd…\n茶…\n");
    assert_int_equal(canvas_put_fit(&c, 0, 0, 0, STYLE_TEXT, "abc"), 0);
    canvas_clear(&c);
    canvas_put_right(&c, 0, 0, 8, STYLE_TEXT, "ab");
    expect(&c, "      ab\n\n\n");
    canvas_fini(&c);
}

static void ascii_keeps_every_width(void **state)
{
    struct canvas c;
    canvas_init(&c, 1, 20);
    c.ascii = true;
    assert_int_equal(canvas_put(&c, 0, 0, STYLE_TEXT, "●○▸✓─│…é茶e\xcc\x81"), 11);
    expect(&c, "*o>v-|.???e\n");
    for (int col = 0; col < 20; col++)
        assert_in_range(canvas_at(&c, 0, col)->ch[0], 32, 126);
    canvas_fini(&c);
}

static void sizes_are_at_least_one(void **state)
{
    struct canvas c;
    canvas_init(&c, 0, -3);
    assert_int_equal(c.rows, 1);
    assert_int_equal(c.cols, 1);
    canvas_put(&c, 0, 0, STYLE_TEXT, "茶");
    canvas_resize(&c, 2, 2);
    expect(&c, "\n\n");
    canvas_fini(&c);
}

static void text_widths(void **state)
{
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("a\tb"), 5);
    assert_int_equal(text_width("茶e\xcc\x81\nmore"), 3);
    assert_int_equal(text_fit("茶茶", 3), 3);
    assert_int_equal(text_fit("e\xcc\x81x", 1), 3);
    assert_int_equal(text_fit("", 3), 0);
}

static void spots_are_found(void **state)
{
    struct canvas c;

    (void)state;
    canvas_init(&c, 5, 20);
    assert_null(canvas_spot_at(&c, 1, 1));
    canvas_spot(&c, 1, 2, 3, 10, 7, 42);
    canvas_spot(&c, 2, 4, 1, 2, 8, 43);
    assert_int_equal(canvas_spot_at(&c, 1, 2)->n, 42);
    assert_int_equal(canvas_spot_at(&c, 3, 11)->what, 7);
    assert_null(canvas_spot_at(&c, 1, 12));
    assert_null(canvas_spot_at(&c, 4, 2));
    assert_int_equal(canvas_spot_at(&c, 2, 5)->n, 43); /* the newer lies on top */
    assert_int_equal(canvas_spot_at(&c, 2, 6)->n, 42);
    canvas_clear(&c);
    assert_null(canvas_spot_at(&c, 2, 5));
    canvas_fini(&c);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in %s", part, text);
}

static void a_picture(void **state)
{
    struct canvas c;

    (void)state;
    canvas_init(&c, 2, 12);
    canvas_put(&c, 0, 1, STYLE_BAD, "a<b & 中");
    canvas_put(&c, 1, 0, STYLE_RUNNING, "██");
    canvas_put(&c, 1, 4, STYLE_TEXT, "x");
    canvas_select(&c, 1, 4, 2);
    char *svg = canvas_svg(&c), *part = xasprintf("class=\"c%d\"", STYLE_BAD);
    assert_has(svg, part);
    assert_has(svg, "x=\"18\" y=\"23\" textLength=\"64\">a&lt;b &amp; 中</text>");
    free(part);
    part = xasprintf("<rect class=\"s c%d\" x=\"10\" y=\"28\" width=\"16\"", STYLE_RUNNING);
    assert_has(svg, part); /* one bar, not two blocks */
    assert_has(svg, "<rect class=\"s\" x=\"42\" y=\"27\" width=\"16\" height=\"17\"/>");
    assert_has(svg, "prefers-color-scheme:light");
    free(part);
    free(svg);
    canvas_fini(&c);
}

static void keys_have_names(void **state)
{
    char buf[16];
    assert_int_equal(key_parse("Enter"), KEYSYM_ENTER);
    assert_int_equal(key_parse("Ctrl-C"), 3);
    assert_int_equal(key_parse("space"), ' ');
    assert_int_equal(key_parse("é"), 0xe9);
    assert_int_equal(key_parse("nonsense"), KEYSYM_NONE);
    assert_int_equal(key_parse(""), KEYSYM_NONE);
    const char *names[] = {"Enter", "Up", "PgDn", "Ctrl-Z", "F12", "q", "é", "Esc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(key_label(key_parse(names[i]), buf), names[i]);
}

static void keys_in_lists(void **state)
{
    assert_true(key_in("Down j", 'j'));
    assert_true(key_in("Down j", KEYSYM_DOWN));
    assert_false(key_in("Down j", 'D'));
    assert_true(key_in("1..9", '9'));
    assert_false(key_in("1..9", '0'));
    assert_false(key_in("q", KEYSYM_NONE));
    assert_false(key_in("", 'q'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_cuts_blanks),
        cmocka_unit_test(clips_on_all_sides),
        cmocka_unit_test(wide_characters_take_two_cells),
        cmocka_unit_test(half_a_wide_character_is_a_blank),
        cmocka_unit_test(marks_join_the_cell_before),
        cmocka_unit_test(nothing_can_move_the_cursor),
        cmocka_unit_test(fits_with_an_ellipsis),
        cmocka_unit_test(ascii_keeps_every_width),
        cmocka_unit_test(sizes_are_at_least_one),
        cmocka_unit_test(text_widths),
        cmocka_unit_test(spots_are_found),
        cmocka_unit_test(a_picture),
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(keys_in_lists),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
