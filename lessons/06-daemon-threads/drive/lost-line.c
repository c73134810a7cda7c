/* The logger writes what main has left for it. Main leaves a line, and returns. */
#include <pthread.h>
#include <semaphore.h>

static sem_t lines; /* how many lines are waiting for the logger */
static int written;

static void wait_for_a_line(void) { sem_wait(&lines); }
static void leave_a_line(void) { sem_post(&lines); }

void *logger(void *arg)
{
    (void)arg;
    wait_for_a_line(); // 1 step
    written = 1;       // 1 step
    return NULL;
}

int main(void)
{
    pthread_t thread;
    sem_init(&lines, 0, 0);
    pthread_create(&thread, NULL, logger, NULL); // 1 step
    pthread_detach(thread);                      // 1 step
    leave_a_line();                              // 1 step
    return 0;                                    // 1 step: the process ends
}
