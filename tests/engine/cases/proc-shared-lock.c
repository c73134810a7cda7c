// expect: pass none; complete
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct stock {
    pthread_mutex_t lock;
    int cups;
};

int main(void)
{
    struct stock *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t a;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&s->lock, &a);
    pid_t child = fork();
    pthread_mutex_lock(&s->lock);
    s->cups++;
    pthread_mutex_unlock(&s->lock);
    if (child == 0)
        _exit(0);
    wait(NULL);
    return s->cups != 2;
}
