// expect: wrong test_left
// The threads of a test are its own as well as main is.
#include <lab/check.h>
#include <threads.h>

static bool asked;

static int cups(void)
{
    thrd_exit(0);
}

static void *ask(void *arg)
{
    lab_check(cups() == 3, "not three");
    asked = true;
    return arg;
}

SCENARIO(counts, "a thread counts the cups", "M08", "02.1")
{
    lab_go(ask, NULL);
    lab_join_all();
}
