// expect: pass none; complete
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int cups;

static void *pour(void *arg)
{
    pthread_mutex_lock(&lock);
    cups++;
    pthread_mutex_unlock(&lock);
    return arg;
}

static int two(void)
{
    pthread_t a;
    pthread_create(&a, NULL, pour, NULL);
    pour(NULL);
    pthread_join(a, NULL);
    return cups;
}

int main(void)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(two());
    int mine = two();
    waitpid(child, &status, 0);
    return mine != 2 || WEXITSTATUS(status) != 2;
}
