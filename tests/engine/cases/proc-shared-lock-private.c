// expect: misuse not_shared
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pthread_mutex_t *lock = mmap(NULL, sizeof *lock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutex_init(lock, NULL);
    if (fork() == 0) {
        pthread_mutex_lock(lock);
        pthread_mutex_unlock(lock);
        _exit(0);
    }
    wait(NULL);
    return 0;
}
