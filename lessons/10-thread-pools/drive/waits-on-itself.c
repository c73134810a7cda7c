/* One cook. The order for a tray is a task that submits a second task, and waits for it. */
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static int queue[2]; /* a pipe: the tasks in their order */
static sem_t tea_ready, tray_ready;

static void submit(char task) { (void)!write(queue[1], &task, 1); }

static char take(void)
{
    char task = 0;
    (void)!read(queue[0], &task, 1);
    return task;
}

static void make_tray(void)
{
    submit('t');         // 1 step
    sem_wait(&tea_ready); // 1 step
    sem_post(&tray_ready); // 1 step
}

static void make_tea(void)
{
    sem_post(&tea_ready); // 1 step
}

void *worker(void *arg)
{
    for (;;) {
        if (take() == 'T') // 1 step
            make_tray();
        else
            make_tea();
    }
    return arg;
}

int main(void)
{
    pthread_t w;
    sem_init(&tea_ready, 0, 0);
    sem_init(&tray_ready, 0, 0);
    if (pipe(queue) != 0) // 1 step
        return 1;
    submit('T');                            // 1 step
    pthread_create(&w, NULL, worker, NULL); // 1 step
    sem_wait(&tray_ready);                  // 1 step
    return 0;                               // 1 step
}
