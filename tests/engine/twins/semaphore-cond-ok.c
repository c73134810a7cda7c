// expect: pass none; complete
// A counting semaphore made of a mutex and a condition: at most two inside.
#include <assert.h>
#include <pthread.h>

typedef struct {
    pthread_mutex_t m;
    pthread_cond_t up;
    int value;
} semaphore;

static semaphore places = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 1};
static int inside;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void down(semaphore *s)
{
    pthread_mutex_lock(&s->m);
    while (s->value == 0)
        pthread_cond_wait(&s->up, &s->m);
    s->value--;
    pthread_mutex_unlock(&s->m);
}

static void up(semaphore *s)
{
    pthread_mutex_lock(&s->m);
    s->value++;
    pthread_cond_signal(&s->up);
    pthread_mutex_unlock(&s->m);
}

static int enter(int by)
{
    pthread_mutex_lock(&guard);
    inside += by;
    int now = inside;
    pthread_mutex_unlock(&guard);
    return now;
}

static void *guest(void *arg)
{
    down(&places);
    assert(enter(+1) <= 1);
    enter(-1);
    up(&places);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, guest, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
