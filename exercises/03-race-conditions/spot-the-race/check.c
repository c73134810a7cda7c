/* check.c - runs the five programs under every interleaving and compares the races that really
 * occur with those in answers.h. */
#include <lab/check.h>

#include "answers.h"
#include "programs.h"

SCENARIO(program_a, "a locked writer, an unlocked reader", "M09", "03.6")
{
    lab_answer_races("A", RACES_A);
    program_a();
}

SCENARIO(program_b, "written before the threads exist", "M10", "03.6")
{
    lab_answer_races("B", RACES_B);
    program_b();
}

SCENARIO(program_c, "to each its own element", "M10", "03.6")
{
    lab_answer_races("C", RACES_C);
    program_c();
}

SCENARIO(program_d, "read before and after the join", "M09", "03.6")
{
    lab_answer_races("D", RACES_D);
    program_d();
}

SCENARIO(program_e, "a flag and what it stands for", "M11", "03.6")
{
    lab_answer_races("E", RACES_E);
    program_e();
}
