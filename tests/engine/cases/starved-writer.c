// expect: starved starved; preemptions == 1
// The reader may come back before the writer it woke has looked: the writer sees it pass again and again.
#include <lab/check.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int readers;

static void *read_often(void *arg)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&m);
        readers++;
        lab_turn(9, "a reader");
        pthread_mutex_unlock(&m);
        pthread_mutex_lock(&m);
        if (--readers == 0)
            pthread_cond_signal(&changed);
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *write_once(void *arg)
{
    pthread_mutex_lock(&m);
    lab_queue();
    while (readers > 0)
        pthread_cond_wait(&changed, &m);
    lab_turn(1, "the writer");
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t r, w;
    pthread_create(&w, NULL, write_once, NULL);
    pthread_create(&r, NULL, read_often, NULL);
    pthread_join(r, NULL);
    pthread_join(w, NULL);
    return 0;
}
