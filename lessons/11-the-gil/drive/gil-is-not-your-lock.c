/* n += 1 as an interpreter runs it: three instructions, each of them under the GIL. Between two of them the GIL may
 * go to the other thread. */
#include <pthread.h>

static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER; /* held while an instruction runs */
static int n;

#define INSTRUCTION(what)                                                                          \
    do {                                                                                           \
        pthread_mutex_lock(&gil);                                                                  \
        what;                                                                                      \
        pthread_mutex_unlock(&gil);                                                                \
    } while (0)

void *increment(void *arg)
{
    int top; /* of the stack, each thread has its own */
    INSTRUCTION(top = n);       /* LOAD n */
    INSTRUCTION(top = top + 1); /* ADD 1 */
    INSTRUCTION(n = top);       /* STORE n */
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
