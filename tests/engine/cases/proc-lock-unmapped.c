// expect: crash wild_pointer
#include <lab/check.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
SCENARIO(gone, "a child uses a lock it has unmapped", "", "")
{
    pthread_mutex_t *m = mmap(NULL, sizeof *m, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t a;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(m, &a);
    if (fork() == 0) {
        munmap(m, sizeof *m);
        pthread_mutex_lock(m);
        pthread_mutex_unlock(m);
        _exit(0);
    }
    wait(NULL);
    munmap(m, sizeof *m);
}
