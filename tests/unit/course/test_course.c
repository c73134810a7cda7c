/* The good course comes out as good.dump says; finding things by name; arrangements. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int setup(void **state)
{
    struct err e;
    *state = course_load(GOOD, &e);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    course_free(*state);
    return 0;
}

static void test_dump(void **state)
{
    char *is = course_dump(*state);
    if (getenv("ACCEPT"))
        assert_true(file_write_atomic(DUMP, is, strlen(is), NULL));
    char *should = file_read(DUMP, (size_t)1 << 20, NULL, NULL);
    assert_non_null(should);
    assert_string_equal(is, should);
    free(should);
    free(is);
}

static void test_no_problems(void **state)
{
    size_t count;
    struct problem *p = course_lint(*state, &count);
    for (size_t i = 0; i < count; i++)
        print_error("%s:%d: %s\n", p[i].file, p[i].line, p[i].text);
    assert_int_equal(count, 0);
    problems_free(p, count);
}

static void test_not_a_course(void **state)
{
    struct err e = {0};
    assert_null(course_load(GOOD "/lessons/01-tiny", &e));
    assert_non_null(strstr(e.msg, "no folder 'lessons'"));
    assert_null(course_load(GOOD "/nowhere", &e));
    assert_non_null(strstr(e.msg, "nowhere"));
    assert_null(course_load(DUMP, &e));
    assert_null(course_load("", &e));
}

static void test_checks_and_paths(void **state)
{
    const struct course *c = *state;
    const struct lesson *check = course_check(c, CHECK_ENTRY), *of;
    assert_int_equal(c->lesson_count, 2); /* a check is none */
    assert_string_equal(check->id, "00-before");
    assert_null(course_check(c, CHECK_INVENTORY));
    assert_ptr_equal(course_lesson(c, "00", NULL), check);
    assert_ptr_equal(course_step(c, "00.2", &of, NULL), &check->steps[1]);
    assert_ptr_equal(of, check);
    assert_null(course_path(c, "long"));
    assert_true(course_path_has(course_path(c, "short"), &c->lessons[0]));
    assert_false(course_path_has(course_path(c, "short"), &c->lessons[1]));
}

static void test_lessons(void **state)
{
    struct err e;
    const struct course *c = *state;
    assert_ptr_equal(course_lesson(c, "01", &e), &c->lessons[0]);
    assert_ptr_equal(course_lesson(c, "02-tiny", &e), &c->lessons[1]);
    assert_null(course_lesson(c, "tiny", &e));
    assert_string_equal(e.msg, "'tiny' may be lesson '01-tiny' or '02-tiny'");
    assert_null(course_lesson(c, "03", &e));
    assert_string_equal(e.msg, "there is no lesson '03'");
    assert_null(course_lesson(c, "", NULL));
}

static void test_exercises(void **state)
{
    struct err e;
    const struct course *c = *state;
    const struct exercise *x = &c->lessons[0].exercises[0];
    assert_ptr_equal(course_exercise(c, "count", &e), x);
    assert_ptr_equal(course_exercise(c, "01/count", &e), x);
    assert_ptr_equal(course_exercise(c, "01-tiny/count", &e), x);
    assert_null(course_exercise(c, "02/count", &e));
    assert_string_equal(e.msg, "lesson '02-tiny' has no exercise 'count'");
    assert_null(course_exercise(c, "coun", &e));
    assert_null(course_exercise(c, "07/count", &e));
    assert_string_equal(e.msg, "there is no lesson '07'");
}

static void test_steps(void **state)
{
    struct err e;
    const struct course *c = *state;
    const struct lesson *lesson = NULL;
    assert_ptr_equal(course_step(c, "01.5", &lesson, &e), &c->lessons[0].steps[3]);
    assert_ptr_equal(lesson, &c->lessons[0]);
    assert_ptr_equal(course_step(c, "02-tiny/1", &lesson, &e), &c->lessons[1].steps[0]);
    assert_ptr_equal(lesson, &c->lessons[1]);
    assert_null(course_step(c, "01.4", NULL, &e));
    assert_string_equal(e.msg, "lesson '01-tiny' has no step 4");
    assert_null(course_step(c, "01", NULL, &e));
    assert_null(course_step(c, "01.x", NULL, &e));
    assert_null(course_step(c, "01.5x", NULL, &e));
    assert_null(course_step(c, "tiny/1", NULL, &e));
}

static void test_find(void **state)
{
    const struct course *c = *state;
    const struct lesson *lesson = NULL;
    const struct step *step = NULL;
    const struct block *drive = &c->lessons[0].steps[3].blocks[0];
    static const char *const names[] = {"lost",      "lost.c",       "01/lost",
                                        "tiny/lost", "01-tiny/lost", "01.5"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_ptr_equal(course_find(c, BLOCK_DRIVE, names[i], &lesson, &step), drive);
    assert_ptr_equal(lesson, &c->lessons[0]);
    assert_ptr_equal(step, &c->lessons[0].steps[3]);
    assert_ptr_equal(course_find(c, BLOCK_DEMO, "counter", NULL, NULL),
                     &c->lessons[0].steps[2].blocks[0]);
    assert_null(course_find(c, BLOCK_DEMO, "lost", NULL, NULL));
    assert_null(course_find(c, BLOCK_DRIVE, "02/lost", NULL, NULL));
    assert_null(course_find(c, BLOCK_DRIVE, "", NULL, NULL));
    assert_null(course_find(c, BLOCK_DEMO, "01.5", NULL, NULL));
}

static void test_arranged(void **state)
{
    struct err e;
    const struct course *c = *state;
    const struct exercise *x = &c->lessons[0].exercises[0];
    char *text = exercise_arranged(x, &x->hints[2], (size_t[]){1, 3, 0}, 3, &e);
    assert_string_equal(text, "int count(void)\n{\n    if (a || b)\n    sleep(1)\n    begin\n}\n");
    free(text);
    assert_null(exercise_arranged(x, &x->hints[0], NULL, 0, &e));
    assert_non_null(strstr(e.msg, "no lines"));
    assert_null(exercise_arranged(&c->lessons[0].exercises[1], &x->hints[2], NULL, 0, &e));
    assert_non_null(strstr(e.msg, "no region 'arrange'"));
}

static void test_beliefs(void **state)
{
    assert_string_equal(course_belief(*state, "M09"), "only writers race");
    assert_null(course_belief(*state, "M10"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dump),         cmocka_unit_test(test_no_problems),
        cmocka_unit_test(test_not_a_course), cmocka_unit_test(test_checks_and_paths),
        cmocka_unit_test(test_lessons),
        cmocka_unit_test(test_exercises),    cmocka_unit_test(test_steps),
        cmocka_unit_test(test_find),         cmocka_unit_test(test_arranged),
        cmocka_unit_test(test_beliefs),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
