// expect: wrong|misuse|spin
// The deadline is taken for a duration: it is long past, and the answer is given up at once.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int answer;

static void *think(void *arg)
{
    pthread_mutex_lock(&m);
    answer = 42;
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    struct timespec until = {0, 0};
    until.tv_sec += 2;
    pthread_create(&t, NULL, think, NULL);
    int error = 0;
    pthread_mutex_lock(&m);
    while (answer == 0 && error == 0)
        error = pthread_cond_timedwait(&c, &m, &until);
    int got = answer;
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    if (error == ETIMEDOUT)
        printf("too slow\n");
    else
        printf("%d\n", got);
    return got == 42 ? 0 : 1;
}
