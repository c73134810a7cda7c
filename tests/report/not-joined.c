#include <pthread.h>
#include <stdio.h>

static void *hello(void *arg) { (void)arg; puts("hello"); return NULL; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, hello, NULL);
    return 0;
}
