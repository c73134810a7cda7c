// expect: race data_race
// A child has threads of its own, and they race.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static int cups;

static void *pour(void *arg)
{
    cups++;
    return arg;
}

int main(void)
{
    if (fork() == 0) {
        pthread_t a, b;
        pthread_create(&a, NULL, pour, NULL);
        pthread_create(&b, NULL, pour, NULL);
        pthread_join(a, NULL);
        pthread_join(b, NULL);
        _exit(0);
    }
    wait(NULL);
    return 0;
}
