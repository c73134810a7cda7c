// expect: pass none; complete
// pthread_exit in main does not end the others.
#include <pthread.h>
#include <stdlib.h>

static void *work(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_detach(t);
    pthread_exit(NULL);
}
