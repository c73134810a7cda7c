// expect: misuse unsafe_in_handler
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static pthread_t owner;

static void handle(int sig) { printf("signal %d\n", sig); }

static void *send(void *arg)
{
    pthread_kill(owner, SIGUSR1);
    return arg;
}

int main(void)
{
    pthread_t t;
    owner = pthread_self();
    signal(SIGUSR1, handle);
    pthread_create(&t, NULL, send, NULL);
    printf("tea\n");
    pthread_join(t, NULL);
    return 0;
}
