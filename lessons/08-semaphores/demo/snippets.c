/* snippets: pieces for the pages and questions of this lesson. main() runs them. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

/* region: burners */
static sem_t burners; /* sem_init(&burners, 0, 3) */ //= 1

static void *brew(void *tea) //= 2
{
    while (sem_wait(&burners) == -1 && errno == EINTR) //= 3
        ;
    nanosleep(&(struct timespec){.tv_sec = 1}, NULL); //= 4
    sem_post(&burners); //= 5
    printf("%s is ready\n", (const char *)tea); //= 6
    return NULL;
}
/* endregion */

static sem_t room, cups;
static pthread_mutex_t shelf = PTHREAD_MUTEX_INITIALIZER; /* protects: on_shelf */
static int on_shelf;

/* region: put */
static void put_cup(void) /* room starts with n, cups with 0 */
{
    sem_wait(&room);
    pthread_mutex_lock(&shelf);
    on_shelf++;
    pthread_mutex_unlock(&shelf);
    sem_post(&cups);
}
/* endregion */

int main(void)
{
    sem_init(&burners, 0, 3);
    sem_init(&room, 0, 1);
    sem_init(&cups, 0, 0);
    put_cup();
    brew("chai");
    return 0;
}
