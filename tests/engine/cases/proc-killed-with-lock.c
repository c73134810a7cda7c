// expect: deadlock
// A process killed while it holds a lock that is not robust: unlocks are points where it may be killed, too.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
typedef struct { pthread_mutex_t lock; int cups; } S;
static S *s;
static int sell(void)
{
    pthread_mutex_lock(&s->lock);
    int ok = s->cups > 0;
    if (ok) s->cups--;
    pthread_mutex_unlock(&s->lock);
    return ok;
}
int main(void)
{
    s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t a;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&s->lock, &a);
    s->cups = 2;
    pid_t c = fork();
    if (c == 0) { sell(); _exit(0); }
    kill(c, SIGKILL);
    waitpid(c, NULL, 0);
    sell();
    return 0;
}
