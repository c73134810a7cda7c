// expect: pass none; complete
// A line of heat, stepped by two threads with a barrier between the steps.
#include <pthread.h>
#include <stdio.h>

#define CELLS 6
#define STEPS 2

static double heat[2][CELLS] = {{0, 0, 9, 9, 0, 0}};
static pthread_barrier_t step_done;

static void *half(void *arg)
{
    int from = *(int *)arg;
    for (int s = 0; s < STEPS; s++) {
        double *old = heat[s % 2];
        double *new = heat[(s + 1) % 2];
        for (int i = from; i < from + CELLS / 2; i++) {
            double left = i > 0 ? old[i - 1] : 0, right = i < CELLS - 1 ? old[i + 1] : 0;
            new[i] = (left + old[i] + right) / 3;
        }
        pthread_barrier_wait(&step_done);
    }
    return NULL;
}

int main(void)
{
    int from[2] = {0, CELLS / 2};
    pthread_t t[2];
    pthread_barrier_init(&step_done, NULL, 2);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, half, &from[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    pthread_barrier_destroy(&step_done);
    for (int i = 0; i < CELLS; i++)
        printf("%5.2f%s", heat[0][i], i == CELLS - 1 ? "\n" : " ");
    return 0;
}
