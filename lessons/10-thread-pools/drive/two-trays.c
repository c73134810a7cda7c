/* Two cooks, and TRAYS orders for a tray. Each is a task that submits a second task, and waits for it. */
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#ifndef TRAYS
#define TRAYS 2
#endif

static int queue[2]; /* a pipe: the tasks in their order */
static sem_t tea_ready[2], tray_ready;

static void submit(char task) { (void)!write(queue[1], &task, 1); }

static char take(void)
{
    char task = 0;
    (void)!read(queue[0], &task, 1);
    return task;
}

static void make_tray(int which)
{
    submit((char)('a' + which)); // 1 step
    sem_wait(&tea_ready[which]); // 1 step
    sem_post(&tray_ready);       // 1 step
}

static void make_tea(int which)
{
    sem_post(&tea_ready[which]); // 1 step
}

void *worker(void *arg)
{
    for (;;) {
        char task = take(); // 1 step
        if (task < 'a')
            make_tray(task - 'A');
        else
            make_tea(task - 'a');
    }
    return arg;
}

static void hire(pthread_t *thread) { pthread_create(thread, NULL, worker, NULL); }

int main(void)
{
    pthread_t w1, w2;
    sem_init(&tea_ready[0], 0, 0);
    sem_init(&tea_ready[1], 0, 0);
    sem_init(&tray_ready, 0, 0);
    if (pipe(queue) != 0) // 1 step
        return 1;
    hire(&w1); // 1 step
    hire(&w2); // 1 step
    for (int i = 0; i < TRAYS; i++)
        submit((char)('A' + i)); // 1 step
    for (int i = 0; i < TRAYS; i++)
        sem_wait(&tray_ready); // 1 step
    return 0;                  // 1 step
}
