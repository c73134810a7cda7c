/* A shared number, and a lock that each process has for itself after fork. */
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void add(int *n)
{
    pthread_mutex_lock(&lock);
    ++*n;
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    int *n = mmap(NULL, sizeof *n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = fork();
    add(n);
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    munmap(n, sizeof *n);
    return 0;
}
