/* A helper writes into the log, under its lock. Meanwhile main opens a second kitchen, which does the same. */
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

static void log_line(const char *line)
{
    pthread_mutex_lock(&log_lock); // 1 step
    puts(line);                    // 1 step
    pthread_mutex_unlock(&log_lock); // 1 step
}

static void *helper(void *arg)
{
    log_line("tea is ready");
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, helper, NULL); // 1 step
    pid_t child = fork();                   // 1 step
    if (child == 0) {
        log_line("a second kitchen opens");
        _exit(0); // 1 step
    }
    waitpid(child, NULL, 0); // 1 step
    pthread_join(t, NULL);   // 1 step
    return 0;                // 1 step
}
