// A text whose every call is locked. One thread appends it to another: how long is it, then its
// characters. Wrong: between the two calls it may become shorter. Fixed: one lock around both.
#include <assert.h>
#include <pthread.h>
#include <string.h>

static pthread_mutexattr_t recursive;
static pthread_mutex_t m;
static char text[8] = "abc";
static int length = 3;

static int length_of(void)
{
    pthread_mutex_lock(&m);
    int n = length;
    pthread_mutex_unlock(&m);
    return n;
}

static void characters(char *to, int n)
{
    pthread_mutex_lock(&m);
    assert(n <= length);
    memcpy(to, text, (size_t)n);
    pthread_mutex_unlock(&m);
}

static void *append(void *arg)
{
    char copy[8];
#ifdef FIXED
    pthread_mutex_lock(&m);
#endif
    characters(copy, length_of());
#ifdef FIXED
    pthread_mutex_unlock(&m);
#endif
    return arg;
}

static void *erase(void *arg)
{
    pthread_mutex_lock(&m);
    length = 0;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m, &recursive);
    pthread_create(&a, NULL, append, NULL);
    pthread_create(&b, NULL, erase, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
