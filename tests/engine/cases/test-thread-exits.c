// expect: pass none; complete
// A thread that the answer starts may leave from wherever it is, and a start routine given to lab_go at its own end.
#include <lab/check.h>
#include <pthread.h>

static void leave(void *result) { pthread_exit(result); }

static void *deep(void *arg)
{
    leave(arg);
    return NULL;
}

static void *flat(void *arg)
{
    pthread_exit(arg);
}

SCENARIO(both, "one thread of the answer's, one of the test's", "M08", "02.1")
{
    pthread_t t;
    int cup;
    void *result;
    pthread_create(&t, NULL, deep, &cup);
    lab_go(flat, NULL);
    pthread_join(t, &result);
    lab_join_all();
    lab_check(result == &cup, "another result");
}
