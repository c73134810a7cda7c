#include <lab/check.h>
#include <pthread.h>

#include "tally.h"

static void *counter(void *arg)
{
    count();
    return arg;
}

SCENARIO(one_thread, "one thread counts one cup", "M04", "01.1")
{
    lab_go(counter, NULL);
    lab_join_all();
    lab_check(total == 1, "total is %d, expected 1", total);
}

SCENARIO(two_threads, "two threads count one cup each", "M04", "01.1")
{
    lab_go(counter, NULL);
    lab_go(counter, NULL);
    lab_join_all();
    lab_check(total == 2, "total is %d, expected 2", total);
}
