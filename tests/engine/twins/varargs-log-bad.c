// expect: race data_race; preemptions <= 1
// The text is written before the lock is taken.
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char text[64];
static size_t length;

static void say(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text + length, sizeof text - length, format, ap);
    pthread_mutex_lock(&m);
    length += (size_t)n;
    pthread_mutex_unlock(&m);
    va_end(ap);
}

static void *work(void *arg)
{
    say("%s %d %.1f;", "cup", 7, 0.5);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, work, NULL);
    pthread_create(&u, NULL, work, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return strcmp(text, "cup 7 0.5;cup 7 0.5;");
}
