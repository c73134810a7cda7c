/* A check that names the belief it refutes. */
#include <lab/check.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done;

static void *brew(void *arg)
{
    pthread_mutex_lock(&lock);
    done = 1;
    pthread_mutex_unlock(&lock);
    return arg;
}

SCENARIO(asked_at_once, "asked before it is ready", "M06", "")
{
    lab_go(brew, NULL);
    pthread_mutex_lock(&lock);
    int now = done;
    pthread_mutex_unlock(&lock);
    lab_join_all();
    lab_check(now == 1, "M35: the tea was ordered, and done is %d", now);
}
