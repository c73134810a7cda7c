// expect: misuse destroyed_used
#include <fcntl.h>
#include <semaphore.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    sem_t *s = sem_open("/tea", O_CREAT, 0600, 0);
    pid_t child = fork();
    if (child == 0) {
        sem_close(s);
        sem_post(s); /* open in the parent only */
        _exit(0);
    }
    waitpid(child, NULL, 0);
    sem_close(s);
    return 0;
}
