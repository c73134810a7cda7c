// Thread-specific data, its destructors, and calls that happen once.
#include <pthread.h>
#include <stdio.h>

static pthread_key_t a, b, stubborn;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int rounds;

static void destroy(void *value) { printf("destroy %s, now %d\n", (char *)value, pthread_getspecific(a) != NULL); }
static void again(void *value)
{
    rounds++;
    pthread_setspecific(stubborn, value);
}
static void init(void) { printf("once\n"); }

static void *work(void *arg)
{
    printf("empty %d\n", pthread_getspecific(a) == NULL);
    printf("set %d", pthread_setspecific(a, "a"));
    printf(" %d", pthread_setspecific(b, "b"));
    printf(" %d\n", pthread_setspecific(stubborn, "s"));
    printf("get %s\n", (char *)pthread_getspecific(a));
    pthread_once(&once, init);
    return arg;
}

int main(void)
{
    pthread_t t;
    printf("create %d", pthread_key_create(&a, destroy));
    printf(" %d", pthread_key_create(&b, NULL));
    printf(" %d\n", pthread_key_create(&stubborn, again));
    for (int i = 0; i < 2; i++) {
        pthread_create(&t, NULL, work, NULL);
        pthread_join(t, NULL);
    }
    printf("rounds %d\n", rounds);
    printf("delete %d", pthread_key_delete(a));
    printf(" %d", pthread_key_delete(b));
    printf(" %d\n", pthread_key_delete(stubborn));
    printf("once %d\n", pthread_once(&once, init));
    return 0;
}
