// expect: race data_race; preemptions == 0
// Both write the same field.
#include <pthread.h>

struct __attribute__((packed)) row {
    char tag;
    int count;
    short size;
};
static struct row row;

static void *count(void *arg)
{
    row.count = 1000;
    return arg;
}

static void *measure(void *arg)
{
    row.size = 7;
    row.tag = 'r';
    row.count = 1000;
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, count, NULL);
    pthread_create(&u, NULL, measure, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return row.count == 1000 && row.size == 7 && row.tag == 'r' ? 0 : 1;
}
