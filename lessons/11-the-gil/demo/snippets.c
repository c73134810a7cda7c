/* snippets: pieces for the pages and questions of this lesson. main() runs them. */
#include <pthread.h>
#include <stdio.h>

#include <lab/lab.h>

/* region: nap */
static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER;

static void py_sleep(long ms)
{
    pthread_mutex_unlock(&gil); /* let go */
    lab_brew(ms);               /* no object is touched */
    pthread_mutex_lock(&gil);   /* and on */
}

static void *nap(void *name) //= 1
{
    pthread_mutex_lock(&gil);
    py_sleep(1000); //= 2
    printf("%s is awake\n", (const char *)name); //= 3
    pthread_mutex_unlock(&gil);
    return NULL;
}
/* endregion */

int main(void)
{
    static char name[3][8] = {"Asha", "Ben", "Cem"};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, nap, name[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
