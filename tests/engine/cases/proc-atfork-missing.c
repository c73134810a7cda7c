// expect: deadlock forked_lock
// The same without the handlers: the child may inherit a lock that nobody there will give back.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int left;

static void *move(void *arg)
{
    pthread_mutex_lock(&m);
    left--;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    int status;
    pthread_create(&t, NULL, move, NULL);
    pid_t child = fork();
    if (child == 0) {
        pthread_mutex_lock(&m);
        _exit(0);
    }
    pthread_join(t, NULL);
    waitpid(child, &status, 0);
    return status;
}
