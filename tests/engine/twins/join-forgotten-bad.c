// expect: crash|race|wrong|leak
// A loop that joins one too few: the last writes into what may be gone.
#include <pthread.h>
#include <stdio.h>

struct task {
    int in;
    long out;
};

static void *fact(void *arg)
{
    struct task *t = arg;
    t->out = 1;
    for (int i = 2; i <= t->in; i++)
        t->out *= i;
    return NULL;
}

static long run(void)
{
    pthread_t t[3];
    struct task task[3] = {{3, 0}, {4, 0}, {5, 0}};
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, fact, &task[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return task[0].out + task[1].out;
}

int main(void)
{
    long sum = run();
    printf("%ld\n", sum);
    return sum != 30;
}
