#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int n;
static void *eat(void *p)
{
    pthread_mutex_lock(&m);
    while (n == 0)
        pthread_cond_wait(&c, &m);
    n--;
    pthread_mutex_unlock(&m);
    printf("ate\n");
    return p;
}
static void *cook(void *p)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&m);
        n++;
        pthread_cond_signal(&c);
        pthread_mutex_unlock(&m);
        sleep(1);
    }
    return p;
}
int main(void)
{
    pthread_t t[3];
    pthread_create(&t[0], 0, eat, 0);
    pthread_create(&t[1], 0, eat, 0);
    pthread_create(&t[2], 0, cook, 0);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], 0);
    return 0;
}
