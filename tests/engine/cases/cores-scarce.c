// expect: pass
/* Five threads compute on four virtual cores: one of them has to wait, and it may be any of them. Asking for a core must not
 * be taken for a step whose order makes no difference. */
#include <lab/check.h>

static long ended[5];

static void *computes(void *arg)
{
    long *end = arg;
    lab_work(1000);
    *end = lab_ideal_clock() ? lab_now_ms() : 0;
    return NULL;
}

SCENARIO(five, "one core too few", "M37", "01.1")
{
    for (int i = 0; i < 5; i++)
        lab_go(computes, &ended[i]);
    lab_join_all();
    lab_possible("wrong", !lab_ideal_clock() || ended[0] == 2000, "the first never had to wait");
    lab_possible("wrong", !lab_ideal_clock() || ended[4] == 2000, "the last never had to wait");
    lab_possible("wrong", !lab_ideal_clock() || ended[2] == 2000, "the third never had to wait");
}
