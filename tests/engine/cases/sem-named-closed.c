// expect: misuse destroyed_used
// A semaphore that was closed may not be used.
#include <fcntl.h>
#include <semaphore.h>

int main(void)
{
    sem_t *s = sem_open("/gone", O_CREAT, 0600, 1);
    sem_close(s);
    sem_wait(s);
    return 0;
}
