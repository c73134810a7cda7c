// expect: pass none; complete
// localtime_r writes where it is told.
#include <pthread.h>
#include <time.h>

static void *year(void *arg)
{
    struct tm tm;
    localtime_r(arg, &tm);
    return tm.tm_year > 69 ? NULL : arg;
}

int main(void)
{
    time_t a = 0, b = 86400;
    void *x, *y;
    pthread_t t, u;
    pthread_create(&t, NULL, year, &a);
    pthread_create(&u, NULL, year, &b);
    pthread_join(t, &x);
    pthread_join(u, &y);
    return x || y;
}
