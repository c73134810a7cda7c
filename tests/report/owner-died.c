/* A process dies with a lock that lies in shared memory, and is not robust. */
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pthread_mutexattr_t a;
    pthread_mutex_t *lock = mmap(NULL, sizeof *lock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(lock, &a);
    if (fork() == 0) {
        pthread_mutex_lock(lock);
        _exit(0);
    }
    wait(NULL);
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return 0;
}
