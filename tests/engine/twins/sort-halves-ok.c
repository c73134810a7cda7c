// expect: pass none; complete
// Two threads sort halves with qsort; main merges.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int data[8] = {8, 3, 6, 1, 7, 2, 5, 4};

static int ascending(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void *sort_half(void *arg)
{
    qsort(arg, 4, sizeof(int), ascending);
    return NULL;
}

static void merge(int *into, const int *a, const int *b)
{
    int i = 0, k = 0;
    while (i < 4 || k < 4)
        *into++ = k == 4 || (i < 4 && a[i] < b[k]) ? a[i++] : b[k++];
}

int main(void)
{
    int sorted[8];
    pthread_t left, right;
    pthread_create(&left, NULL, sort_half, data);
    pthread_create(&right, NULL, sort_half, data + 4);
    pthread_join(left, NULL);
    pthread_join(right, NULL);
    merge(sorted, data, data + 4);
    for (int i = 0; i < 8; i++)
        assert(sorted[i] == i + 1);
    return 0;
}
