// expect: pass none; complete
// A semaphore gives one at a time.
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int bell;

static void *ring(void *arg)
{
    uint64_t one = 1;
    return write(bell, &one, sizeof one) == sizeof one ? arg : NULL;
}

int main(void)
{
    pthread_t a, b;
    uint64_t rings = 0;
    bell = eventfd(0, EFD_SEMAPHORE);
    pthread_create(&a, NULL, ring, NULL);
    pthread_create(&b, NULL, ring, NULL);
    for (int i = 0; i < 2; i++)
        if (read(bell, &rings, sizeof rings) != sizeof rings || rings != 1)
            return 1;
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    close(bell);
    return 0;
}
