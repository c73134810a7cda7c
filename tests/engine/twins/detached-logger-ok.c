// expect: pass none; complete
// main waits until its detached threads have said good-bye.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_done = PTHREAD_COND_INITIALIZER;
static int running, lines;

static void *logger(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&m);
    lines++;
    if (--running == 0)
        pthread_cond_signal(&all_done);
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    running = 2;
    for (int i = 0; i < 2; i++) {
        pthread_t t;
        if (pthread_create(&t, &attr, logger, NULL)) {
            fprintf(stderr, "no thread\n");
            return 3;
        }
    }
    pthread_attr_destroy(&attr);
    pthread_mutex_lock(&m);
    while (running > 0)
        pthread_cond_wait(&all_done, &m);
    int seen = lines;
    pthread_mutex_unlock(&m);
    return seen == 2 ? 0 : 1;
}
