// expect: pass none; complete
// Each thread has its own value; the destructor gets it, and runs again if it sets it anew.
#include <pthread.h>
#include <stdlib.h>

static pthread_key_t key, again;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int destroyed, rounds;

static void destroy(void *p)
{
    pthread_mutex_lock(&m);
    destroyed += *(int *)p;
    pthread_mutex_unlock(&m);
    free(p);
}

static void once_more(void *p)
{
    pthread_mutex_lock(&m);
    rounds++;
    pthread_mutex_unlock(&m);
    pthread_setspecific(again, p);
}

static void make(void)
{
    pthread_key_create(&key, destroy);
    pthread_key_create(&again, once_more);
}

static void *work(void *arg)
{
    pthread_once(&once, make);
    if (pthread_getspecific(key))
        return (void *)1;
    int *mine = malloc(sizeof *mine);
    *mine = (int)(long)arg;
    pthread_setspecific(key, mine);
    if (arg == (void *)2)
        pthread_setspecific(again, arg);
    if (*(int *)pthread_getspecific(key) != (int)(long)arg)
        return (void *)1;
    if (arg == (void *)1)
        pthread_exit(NULL);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    void *ra, *rb;
    pthread_create(&a, NULL, work, (void *)1);
    pthread_create(&b, NULL, work, (void *)2);
    pthread_join(a, &ra);
    pthread_join(b, &rb);
    pthread_key_delete(key);
    return ra || rb || destroyed != 3 || rounds != 4;
}
