// expect: race data_race
// The same with a plain pointer.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct logger {
    const char *prefix;
    int lines;
};

static struct logger *the_logger;
static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;

static struct logger *logger_get(void)
{
    struct logger *l = the_logger;
    if (l == NULL) {
        pthread_mutex_lock(&making);
        l = the_logger;
        if (l == NULL) {
            l = malloc(sizeof *l);
            l->prefix = "log:";
            l->lines = 0;
            the_logger = l;
        }
        pthread_mutex_unlock(&making);
    }
    return l;
}

static void *worker(void *arg)
{
    printf("%s %d\n", logger_get()->prefix, *(int *)arg);
    return NULL;
}

int main(void)
{
    int id[2] = {1, 2};
    pthread_t t[2];
    pthread_create(&t[0], NULL, worker, &id[0]);
    pthread_create(&t[1], NULL, worker, &id[1]);
    pthread_join(t[0], NULL);
    pthread_join(t[1], NULL);
    free(logger_get());
    return 0;
}
