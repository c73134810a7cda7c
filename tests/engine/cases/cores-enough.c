// expect: pass; complete; runs <= 2500
/* Four threads compute on the four virtual cores, and nobody ever waits for one: so the order in which they ask makes no
 * difference, and one order for all is enough. */
#include <lab/check.h>

static void *computes(void *arg)
{
    lab_work(1000);
    return arg;
}

SCENARIO(four, "a core for each", "M37", "01.1")
{
    for (int i = 0; i < 4; i++)
        lab_go(computes, NULL);
    lab_join_all();
    lab_always_within(1000, "it took %ld ms", lab_now_ms());
}
