// expect: race data_race; preemptions == 0
// Another member of a union is the same memory: it needs the same lock.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static struct {
    enum { NUMBER, LETTERS } kind;
    union {
        int number;
        char letters[4];
    } as;
} message;

static void *send(void *arg)
{
    pthread_mutex_lock(&m);
    message.kind = LETTERS;
    message.as.letters[0] = 'x';
    pthread_mutex_unlock(&m);
    return arg;
}

static void *receive(void *arg)
{
    pthread_mutex_lock(&m);
    int kind = message.kind;
    pthread_mutex_unlock(&m);
    int right = kind == LETTERS || message.as.number == 0;
    return right ? NULL : arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, send, NULL);
    pthread_create(&u, NULL, receive, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
