// expect: wrong unreached; complete
// A scenario that has to fail, and passes in every interleaving.
#include <lab/check.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int cups;

static void *add(void *arg)
{
    pthread_mutex_lock(&lock);
    cups++;
    pthread_mutex_unlock(&lock);
    return arg;
}

MUST_FAIL(none, "nothing is lost", "M16", "04.1", "no update is ever lost")
{
    lab_go(add, NULL);
    add(NULL);
    lab_join_all();
    lab_check(cups == 2, "%d of 2", cups);
}
