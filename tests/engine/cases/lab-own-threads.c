// expect: pass none; complete
// A scenario's own threads: not counted among the learner's, and never made to fail for them.
#include <lab/check.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int served;

static void *serve(void *arg)
{
    pthread_mutex_lock(&lock);
    served++;
    pthread_mutex_unlock(&lock);
    return arg;
}

SCENARIO(three, "three threads of the scenario", "M01", "02.1")
{
    pthread_t t;
    lab_fail_create(0, 11);
    for (int i = 0; i < 3; i++)
        lab_go(serve, NULL);
    lab_join_all();
    lab_check(served == 3, "%d of 3 served", served);
    lab_check(lab_threads_started() == 0, "%d threads counted", lab_threads_started());
    lab_check(pthread_create(&t, NULL, serve, NULL) == 11, "the first create was to fail");
    lab_check(pthread_create(&t, NULL, serve, NULL) == 0, "the second was not");
    lab_check(lab_threads_started() == 1, "%d threads counted, expected 1", lab_threads_started());
    pthread_join(t, NULL);
    lab_check(served == 4 && lab_threads_at_once() == 1 && lab_heap_live() == 0, "%d served", served);
}
