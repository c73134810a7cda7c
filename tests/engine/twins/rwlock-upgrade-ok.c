// expect: pass none; complete
// From reading to writing: give up the one lock, take the other, look again.
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int left = 1, sold;

static void *buy(void *arg)
{
    pthread_rwlock_rdlock(&lock);
    int any = left > 0;
    if (any) {
        pthread_rwlock_unlock(&lock);
        pthread_rwlock_wrlock(&lock);
        if (left > 0) {
            left--;
            sold++;
        }
    }
    pthread_rwlock_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, buy, NULL);
    pthread_create(&u, NULL, buy, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return sold == 1 ? 0 : 1;
}
