/* The same three instructions, and this interpreter hands the GIL over between two statements only. */
#include <pthread.h>

static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER; /* held while a statement runs */
static int n;

void *increment(void *arg)
{
    int top; /* of the stack, each thread has its own */
    pthread_mutex_lock(&gil);
    top = n;       /* LOAD n */
    top = top + 1; /* ADD 1 */
    n = top;       /* STORE n */
    pthread_mutex_unlock(&gil);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, increment, NULL);
    pthread_create(&b, NULL, increment, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
