/* Two guests, one cup, one thread. You are the loop: a step is one callback, from one await to the next. (To let
 * you choose, each task is a thread here. On a loop only one of them runs at a time.) */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int sold; /* cups; there is one */

static void serve(void)
{
    // 1: look, then await
    if (sold == 1)
        return;
    // 2: answered, so sell
    sold++;
}

void *guest_a(void *arg)
{
    serve();
    return arg;
}

void *guest_b(void *arg)
{
    serve();
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, guest_a, NULL);
    pthread_create(&b, NULL, guest_b, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
