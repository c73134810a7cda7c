#include <pthread.h>
#include <stdlib.h>

struct job { int input, result; };
static struct job *job;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    job->result = job->input * 2;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t t;
    job = malloc(sizeof *job);
    job->input = 4;
    pthread_create(&t, NULL, work, NULL);
    pthread_mutex_lock(&lock);
    free(job);
    pthread_mutex_unlock(&lock);
    pthread_join(t, NULL);
    return 0;
}
