/* A helper sells under the lock. Main starts a process that sells, too. */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sold;

static void *sell(void *arg)
{
    pthread_mutex_lock(&lock);
    sold++;
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, sell, NULL);
    pid_t child = fork();
    if (child == 0) {
        sell(NULL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    pthread_join(t, NULL);
    return 0;
}
