// expect: pass none; complete
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct job {
    int id;
    char *text;
};

static void *work(void *arg)
{
    struct job *job = arg;
    job->text = strdup("tea");
    return job;
}

int main(void)
{
    pthread_t t;
    struct job *job = malloc(sizeof *job);
    job->id = 1;
    job->text = NULL;
    pthread_create(&t, NULL, work, job);
    pthread_join(t, NULL);
    int bad = strcmp(job->text, "tea") != 0;
    free(job->text);
    free(job);
    return bad;
}
