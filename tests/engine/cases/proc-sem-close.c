// expect: pass; complete
// The child closes what it inherited open; its parent's stays open.
#include <fcntl.h>
#include <semaphore.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    sem_t *s = sem_open("/tea", O_CREAT, 0600, 0);
    pid_t child = fork();
    if (child == 0) {
        sem_post(s);
        sem_close(s);
        _exit(0);
    }
    sem_wait(s);
    waitpid(child, NULL, 0);
    sem_close(s);
    sem_unlink("/tea");
    return 0;
}
