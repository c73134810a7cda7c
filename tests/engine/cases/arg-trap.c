// expect: race data_race
// &i: every thread reads the same variable while main changes it.
#include <pthread.h>

static void *use(void *arg) { return *(int *)arg >= 0 ? arg : NULL; }

int main(void)
{
    pthread_t t[2];
    int i;
    for (i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, use, &i);
    for (int k = 0; k < 2; k++)
        pthread_join(t[k], NULL);
    return 0;
}
