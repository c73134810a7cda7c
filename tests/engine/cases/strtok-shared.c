// expect: race data_race; preemptions == 0
// strtok keeps its place in the text for the whole program: two threads that cut words share it.
#include <pthread.h>
#include <string.h>

static void *words(void *text)
{
    int n = 0;
    for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
        n++;
    return n == 2 ? NULL : text;
}

int main(void)
{
    char a[] = "one two", b[] = "three four";
    pthread_t t, u;
    pthread_create(&t, NULL, words, a);
    pthread_create(&u, NULL, words, b);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
