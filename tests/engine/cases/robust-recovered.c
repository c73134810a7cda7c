// expect: pass none; complete
// The owner ends in the middle; the next one repairs what it left and says so.
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t m;
static int a, b;

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    a++;
    if (arg)
        pthread_exit(NULL);
    b++;
    pthread_mutex_unlock(&m);
    return NULL;
}

static void *check(void *arg)
{
    int error = pthread_mutex_lock(&m);
    if (error == EOWNERDEAD) {
        b = a;
        pthread_mutex_consistent(&m);
    } else if (error) {
        return (void *)1;
    }
    long same = a == b;
    pthread_mutex_unlock(&m);
    return same ? NULL : arg;
}

int main(void)
{
    pthread_t t, u;
    void *r;
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&m, &attr);
    pthread_create(&t, NULL, work, &m);
    pthread_create(&u, NULL, check, &m);
    pthread_join(t, NULL);
    pthread_join(u, &r);
    pthread_mutex_destroy(&m);
    return r != NULL;
}
