// expect: pass none; complete
// Handlers around fork: what a lock protects is whole in the child, and the lock is free there and here.
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int left, right, order;

static void take(void) { pthread_mutex_lock(&m); }
static void give(void) { pthread_mutex_unlock(&m); }
static void first(void) { order = order * 10 + 1; }
static void second(void) { order = order * 10 + 2; }

static void *move(void *arg)
{
    pthread_mutex_lock(&m);
    left--;
    right++;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    int status;
    left = 5;
    pthread_atfork(take, give, give);
    pthread_atfork(second, first, second);
    pthread_atfork(first, second, NULL);
    pthread_create(&t, NULL, move, NULL);
    pid_t child = fork();
    if (child == 0) {
        pthread_mutex_lock(&m);
        _exit(left + right == 5 && order == 122 ? 0 : 1);
    }
    pthread_join(t, NULL);
    if (order != 1212)
        abort();
    waitpid(child, &status, 0);
    return status;
}
