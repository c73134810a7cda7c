// expect: pass none; complete
// What the calls answer.
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <semaphore.h>

int main(void)
{
    sem_t s;
    int n;
    assert(sem_init(&s, 0, (unsigned)INT_MAX + 1) == -1 && errno == EINVAL);
    assert(sem_init(&s, 0, 2) == 0);
    assert(sem_getvalue(&s, &n) == 0 && n == 2);
    assert(sem_wait(&s) == 0 && sem_trywait(&s) == 0);
    assert(sem_trywait(&s) == -1 && errno == EAGAIN);
    assert(sem_post(&s) == 0 && sem_getvalue(&s, &n) == 0 && n == 1);
    assert(sem_destroy(&s) == 0);
    assert(sem_init(&s, 0, INT_MAX) == 0);
    assert(sem_post(&s) == -1 && errno == EOVERFLOW);
    return 0;
}
