// expect: pass none; complete
// Scenarios that have to fail, and do: by a lost update in some interleaving, by a deadlock in each, by a leak.
#include <lab/check.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int cups;

static void *add(void *arg)
{
    pthread_mutex_lock(&lock);
    int seen = cups;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    cups = seen + 1;
    pthread_mutex_unlock(&lock);
    return arg;
}

MUST_FAIL(some, "an update is lost", "M16", "04.1", "no interleaving loses an update")
{
    lab_go(add, NULL);
    add(NULL);
    lab_join_all();
    lab_check(cups == 2, "%d of 2", cups);
}

MUST_FAIL(each, "the lock is taken twice", "M16", "04.1", "it was not stuck")
{
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}

MUST_FAIL(soft, "something is left behind", "M36", "04.1", "nothing was left behind")
{
    pthread_t t;
    pthread_create(&t, NULL, add, NULL);
}
