// expect: pass none; complete
// A message that is one of two things, behind one lock.
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
    int right = message.kind == LETTERS ? message.as.letters[0] == 'x' : message.as.number == 0;
    pthread_mutex_unlock(&m);
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
