/* check.c - runs the five programs under every interleaving and compares the races that really
 * occur with those in answers.h. */
#include <lab/check.h>

#include <assert.h>

#include "programs.h"

#include "answers.h"

#define IS_TEXT(answer) _Generic((answer), char *: 1, default: 0)

static_assert(IS_TEXT(RACES_A), "RACES_A is text: it stands in quotes");
static_assert(IS_TEXT(RACES_B), "RACES_B is text: it stands in quotes");
static_assert(IS_TEXT(RACES_C), "RACES_C is text: it stands in quotes");
static_assert(IS_TEXT(RACES_D), "RACES_D is text: it stands in quotes");
static_assert(IS_TEXT(RACES_E), "RACES_E is text: it stands in quotes");

SCENARIO(program_a, "the cups that are left", "M09", "03.6")
{
    lab_answer_races("A", RACES_A);
    program_a();
}

SCENARIO(program_b, "the prices", "M10", "03.6")
{
    lab_answer_races("B", RACES_B);
    program_b();
}

SCENARIO(program_c, "the two tallies", "M10", "03.6")
{
    lab_answer_races("C", RACES_C);
    program_c();
}

SCENARIO(program_d, "the score", "M09", "03.6")
{
    lab_answer_races("D", RACES_D);
    program_d();
}

SCENARIO(program_e, "the order", "M11", "03.6")
{
    lab_answer_races("E", RACES_E);
    program_e();
}
