/* A thread writes into the log, under its lock, while main starts a process that does the same. */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static int lines;

static void *log_line(void *arg)
{
    pthread_mutex_lock(&log_lock);
    lines++;
    pthread_mutex_unlock(&log_lock);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, log_line, NULL);
    pid_t child = fork();
    if (child == 0) {
        log_line(NULL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    pthread_join(t, NULL);
    return 0;
}
