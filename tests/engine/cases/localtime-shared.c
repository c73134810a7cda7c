// expect: race data_race; preemptions == 0
// localtime answers with memory that all threads share.
#include <pthread.h>
#include <time.h>

static void *year(void *arg)
{
    struct tm *tm = localtime(arg);
    return tm->tm_year > 69 ? NULL : arg;
}

int main(void)
{
    time_t a = 0, b = 86400;
    pthread_t t, u;
    pthread_create(&t, NULL, year, &a);
    pthread_create(&u, NULL, year, &b);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
