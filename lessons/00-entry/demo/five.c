/* Five pieces of C that the course takes for granted. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// region: struct
struct cup {
    int sugar;
};

static void sweeten_copy(struct cup cup)
{
    cup.sugar += 1;
}

static void sweeten(struct cup *cup)
{
    cup->sugar += 1;
}
// endregion

static void show_struct(void)
{
    // region: struct-use
    struct cup mine = {.sugar = 0};
    sweeten_copy(mine);
    sweeten(&mine);
    // endregion
    printf("struct: %d\n", mine.sugar);
}

// region: function
static int twice(int n)
{
    return 2 * n;
}

static int apply(int (*f)(int), int n)
{
    return f(f(n));
}
// endregion

static int *order;

__attribute__((noinline)) static void remember(int *cups) { order = cups; }

// region: local
static void take_order(void)
{
    int cups = 3;
    remember(&cups); /* keeps the address in the global `order` */
}
// endregion

// region: heap
static int *new_order(int cups)
{
    int *o = malloc(sizeof *o);
    if (o)
        *o = cups;
    return o;
}
// endregion

static void *work(void *arg)
{
    puts(arg);
    return NULL;
}

static void show_error(void)
{
    // region: error
    pthread_t t;
    int failed = pthread_create(&t, NULL, work, "chai");

    if (failed)
        fprintf(stderr, "no thread: %s\n", strerror(failed));
    else
        pthread_join(t, NULL);
    // endregion
}

static void show_free(void)
{
    // region: free
    char *name = malloc(5);
    if (!name)
        return;
    strcpy(name, "chai");
    char *label = name;
    puts(label);
    free(name);
    // endregion
}

int main(void)
{
    show_struct();
    printf("function: %d\n", apply(twice, 3));
    take_order();
    int *o = new_order(3);
    printf("heap: %d\n", o ? *o : 0);
    free(o);
    show_error();
    show_free();
    return order == NULL;
}
