// expect: pass none; complete
// What is set is told back; a thread made so runs like any other.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>

static void *work(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_attr_t attr;
    size_t size;
    int value;
    struct sched_param param = {.sched_priority = 3};
    void *r;
    assert(pthread_attr_init(&attr) == 0);
    assert(pthread_attr_setguardsize(&attr, 8192) == 0 && pthread_attr_getguardsize(&attr, &size) == 0 && size == 8192);
    assert(pthread_attr_setstacksize(&attr, 65536) == 0 && pthread_attr_getstacksize(&attr, &size) == 0 && size == 65536);
    assert(pthread_attr_setscope(&attr, 99) == EINVAL && pthread_attr_setscope(&attr, PTHREAD_SCOPE_SYSTEM) == 0);
    assert(pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED) == 0);
    assert(pthread_attr_getinheritsched(&attr, &value) == 0 && value == PTHREAD_EXPLICIT_SCHED);
    assert(pthread_attr_setschedpolicy(&attr, SCHED_RR) == 0);
    assert(pthread_attr_getschedpolicy(&attr, &value) == 0 && value == SCHED_RR);
    assert(pthread_attr_setschedparam(&attr, &param) == 0);
    param.sched_priority = 0;
    assert(pthread_attr_getschedparam(&attr, &param) == 0 && param.sched_priority == 3);
    assert(pthread_attr_getdetachstate(&attr, &value) == 0 && value == PTHREAD_CREATE_JOINABLE);
    assert(pthread_create(&t, &attr, work, &attr) == 0 && pthread_attr_destroy(&attr) == 0);
    assert(pthread_join(t, &r) == 0 && r == &attr);
    return 0;
}
