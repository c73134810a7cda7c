// expect: wrong test_left
// A function that ends the thread it is called in takes the rest of the test away: what is asked there never is.
#include <lab/check.h>
#include <pthread.h>

static int cups(void)
{
    pthread_exit(NULL);
}

SCENARIO(counts, "there are three cups", "M08", "02.1")
{
    lab_check(cups() == 3, "not three");
}
