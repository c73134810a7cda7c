// expect: pass none; complete
// strtok behind one lock for all words of a text is fine.
#include <pthread.h>
#include <string.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *words(void *text)
{
    int n = 0;
    pthread_mutex_lock(&m);
    for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
        n++;
    pthread_mutex_unlock(&m);
    return n == 2 ? NULL : text;
}

int main(void)
{
    char a[] = "one two", b[] = "three four";
    void *x, *y;
    pthread_t t, u;
    pthread_create(&t, NULL, words, a);
    pthread_create(&u, NULL, words, b);
    pthread_join(t, &x);
    pthread_join(u, &y);
    return x || y;
}
