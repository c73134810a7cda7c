// expect: pass none; complete
// Each caller brings its own buffer.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char *describe(int n, char *text, size_t size)
{
    snprintf(text, size, "%s number %02d", n % 2 ? "odd" : "even", n);
    return text;
}

static void *worker(void *arg)
{
    int n = *(const int *)arg;
    char mine[24];
    const char *text = describe(n, mine, sizeof mine);
    assert(strstr(text, n % 2 ? "odd" : "even") == text);
    return NULL;
}

int main(void)
{
    static const int numbers[] = {4, 7};
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, worker, (void *)&numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return 0;
}
