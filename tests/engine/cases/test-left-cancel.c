// expect: wrong test_left
// Who cancels the test's thread ends the test, too.
#include <lab/check.h>
#include <pthread.h>

static int cups(void)
{
    pthread_cancel(pthread_self());
    pthread_testcancel();
    return 3;
}

SCENARIO(counts, "there are four cups", "M08", "02.1")
{
    lab_check(cups() == 4, "not four");
}
