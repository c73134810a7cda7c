/* snippets: pieces for the pages and questions of this lesson. main() runs them. */
#include <pthread.h>
#include <stdio.h>

#include <lab/lab.h>

static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER;

/* region: nap */
static void py_sleep(long ms) /* called and left with the GIL */
{
    pthread_mutex_unlock(&gil);
    lab_brew(ms); /* here no object is touched */
    pthread_mutex_lock(&gil);
}

static void nap(const char *name) //= 1
{
    py_sleep(1000); //= 2
    printf("%s is awake\n", name); //= 3
}
/* endregion */

static void *run(void *name)
{
    pthread_mutex_lock(&gil);
    nap(name);
    pthread_mutex_unlock(&gil);
    return NULL;
}

int main(void)
{
    static char name[3][8] = {"Asha", "Ben", "Cem"};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, run, name[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
