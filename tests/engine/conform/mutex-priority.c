// Protocols and ceilings are kept and told back.
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    pthread_mutexattr_t a;
    pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER, inherit;
    int value = -1;
    pthread_mutexattr_init(&a);
    printf("protocol %d", pthread_mutexattr_getprotocol(&a, &value));
    printf(" is %d", value);
    printf(", shared %d", pthread_mutexattr_getpshared(&a, &value));
    printf(" is %d", value);
    printf(", robust %d", pthread_mutexattr_getrobust(&a, &value));
    printf(" is %d\n", value);
    printf("set %d", pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT));
    printf(" bad %d", pthread_mutexattr_setprotocol(&a, 17));
    pthread_mutexattr_getprotocol(&a, &value);
    printf(" told %d\n", value == PTHREAD_PRIO_INHERIT);
    printf("shared %d", pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_PRIVATE));
    printf(" bad %d\n", pthread_mutexattr_setpshared(&a, 5));
    printf("robust bad %d\n", pthread_mutexattr_setrobust(&a, 9));
    printf("ceiling %d", pthread_mutexattr_setprioceiling(&a, 12));
    printf(" bad %d", pthread_mutexattr_setprioceiling(&a, 1000));
    pthread_mutexattr_getprioceiling(&a, &value);
    printf(" told %d\n", value);
    printf("init %d", pthread_mutex_init(&inherit, &a));
    printf(" lock %d", pthread_mutex_lock(&inherit));
    printf(" unlock %d\n", pthread_mutex_unlock(&inherit));
    printf("no ceiling: %d", pthread_mutex_getprioceiling(&plain, &value));
    printf(" %d\n", pthread_mutex_setprioceiling(&plain, 3, &value));
    printf("destroy %d\n", pthread_mutex_destroy(&inherit));
    return 0;
}
