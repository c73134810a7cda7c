// expect: pass none; complete
// A buffer for each thread under a key, freed by its destructor.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_key_t key;

static char *buffer(void)
{
    char *b = pthread_getspecific(key);
    if (b == NULL) {
        b = malloc(32);
        pthread_setspecific(key, b);
    }
    return b;
}

static void *greet(void *arg)
{
    snprintf(buffer(), 32, "hello from %s", (const char *)arg);
    assert(strncmp(buffer(), "hello from ", 11) == 0);
    assert(strcmp(buffer() + 11, arg) == 0);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_key_create(&key, free);
    pthread_create(&a, NULL, greet, "anna");
    pthread_create(&b, NULL, greet, "bert");
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_key_delete(key);
    return 0;
}
