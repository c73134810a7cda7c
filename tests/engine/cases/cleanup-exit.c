// expect: pass none; complete
// pthread_exit runs the handlers, the last one first; popped ones only if told to.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int order;

static void note(void *digit) { order = order * 10 + (int)(long)digit; }
static void unlock(void *mutex) { pthread_mutex_unlock(mutex); }

static void deeper(void)
{
    pthread_cleanup_push(note, (void *)2);
    pthread_exit((void *)7);
    pthread_cleanup_pop(0);
}

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    pthread_cleanup_push(unlock, &m);
    pthread_cleanup_push(note, (void *)1);
    pthread_cleanup_push(note, (void *)9);
    pthread_cleanup_pop(0);
    pthread_cleanup_push(note, (void *)3);
    pthread_cleanup_pop(1);
    deeper();
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    void *ra, *rb;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, &ra);
    pthread_join(b, &rb);
    return ra != (void *)7 || rb != (void *)7 || order != 321321;
}
