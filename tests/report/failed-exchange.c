/* Two guests, one cup: an exchange that fails leaves what it finds. */
#include <pthread.h>
#include <stdatomic.h>
#include <assert.h>
static atomic_int sold;
static void *guest(void *a)
{
    int none = 0;
    int ok = atomic_compare_exchange_strong(&sold, &none, 1);
    assert(ok);
    return a;
}
int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, guest, NULL);
    pthread_create(&b, NULL, guest, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
