// expect: pass none; complete
// The calls of a usual program: a stamp, words, numbers, errors in words, all in memory of its own.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char journal[256];

static void *work(void *arg)
{
    char line[96], stamp[32], words[] = "one two three", *place, *name = NULL;
    int count = 0, number = 0;
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    strftime(stamp, sizeof stamp, "%H:%M", &tm);
    for (char *w = strtok_r(words, " ", &place); w; w = strtok_r(NULL, " ", &place))
        count++;
    if (sscanf("cup 12", "%*s %d", &number) != 1 || asprintf(&name, "%s-%ld", (char *)arg, strtol("7", NULL, 10)) < 0)
        return arg;
    snprintf(line, sizeof line, "%s %s %d %d %s\n", stamp, name, count, number, strerror(ENOENT));
    free(name);
    pthread_mutex_lock(&m);
    strcat(journal, line);
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    pthread_t t, u;
    void *a, *b;
    pthread_create(&t, NULL, work, "t");
    pthread_create(&u, NULL, work, "u");
    pthread_join(t, &a);
    pthread_join(u, &b);
    return a || b || !strstr(journal, "t-7 3 12") || !strstr(journal, "u-7 3 12");
}
