// expect: misuse rule
// sem_destroy is not for named semaphores.
#include <fcntl.h>
#include <semaphore.h>

int main(void)
{
    sem_t *s = sem_open("/gone", O_CREAT, 0600, 1);
    sem_destroy(s);
    return 0;
}
