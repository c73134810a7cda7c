/* The same guests. Looking and selling are in one callback now, with no await between them. (Here that is a single
 * atomic operation: as on a loop, nobody comes between its two halves.) */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int sold; /* cups; there is one */

static void serve(void)
{
    int none = 0;
    // 1: none sold? Sell one
    atomic_compare_exchange_strong(&sold, &none, 1);
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
