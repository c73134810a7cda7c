/* Scenarios for test_native.c. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <lab/check.h>

static int sum;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *add(void *n)
{
    pthread_mutex_lock(&lock);
    sum += (int)(size_t)n;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static bool sum_is_small(void) { return sum < 10; }

SCENARIO(holds, "adds up", "", "")
{
    for (size_t n = 1; n <= 4; n++)
        lab_go(add, (void *)n);
    lab_join_all();
    lab_check(sum == 10, "sum is %d", sum);
    lab_check(lab_threads_started() == 4, "started %d", lab_threads_started());
    lab_check(lab_threads_running() == 0, "running %d", lab_threads_running());
    lab_always_within(0, "real time is not promised");
    lab_possible("wrong", false, "one run cannot know");
}

SCENARIO(fails, "does not add up", "", "")
{
    lab_go(add, (void *)4);
    lab_join_all();
    lab_check(sum == 5, "sum is %d, expected %d", sum, 5);
}

SCENARIO(invariant, "ends outside the invariant", "", "")
{
    lab_invariant(sum_is_small, "the sum stays small");
    lab_go(add, (void *)11);
    lab_join_all();
}

SCENARIO(heap, "counts what is asked for", "", "")
{
    char *p = malloc(13), *q = calloc(3, 5), *r = strdup("hello");
    lab_check(lab_heap_live() == 13 + 15 + 6, "live %zu", lab_heap_live());
    memset(p, 'x', 13);
    p = realloc(p, 100000);
    lab_check(p[0] == 'x' && p[12] == 'x', "realloc lost the bytes");
    lab_check(lab_heap_live() == 100000 + 15 + 6, "live %zu", lab_heap_live());
    free(p);
    free(q);
    free(r);
    free(NULL);
    for (int i = 0; i < 5000; i++)
        if (i % 2)
            free(malloc(1 + (size_t)i));
    lab_require("leak", lab_heap_live() == 0, "%zu bytes leak", lab_heap_live());
}

SCENARIO(leaks, "forgets a block", "", "")
{
    free(strdup("kept in order"));
    char *lost = malloc(8);
    lost[0] = 0;
    lab_require("leak", lab_heap_live() == 0, "%zu bytes leak", lab_heap_live());
}

SCENARIO(no_threads, "pthread_create fails when told to", "", "")
{
    pthread_t t;
    lab_fail_create(1, ENOMEM);
    lab_check(pthread_create(&t, NULL, add, NULL) == 0, "the first");
    pthread_join(t, NULL);
    lab_check(pthread_create(&t, NULL, add, NULL) == ENOMEM, "the second");
    lab_check(pthread_create(&t, NULL, add, NULL) == 0, "the third");
    pthread_join(t, NULL);
}
