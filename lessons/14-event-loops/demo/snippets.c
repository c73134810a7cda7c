/* snippets: what lesson 14 shows: a loop in a few lines, one chai on a loop, a coroutine with macros. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include <lab/loop.h>

static int step(void *task)
{
    int *more = task;
    return --*more == 0;
}

/* region: eight */
static void run(int set, int tasks)
{
    while (tasks > 0) {
        struct epoll_event ready[16];
        int n = epoll_wait(set, ready, 16, -1); // all wait, so do I
        for (int i = 0; i < n; i++)             // these can go on
            tasks -= step(ready[i].data.ptr);   // 1: it has ended
    }
}
/* endregion */

struct chai {
    int at; /* where it goes on */
};

/* region: chai */
static int brew_chai(loop_t *l, void *co) //= 1
{
    struct chai *c = co;
    if (c->at++ == 0) { // the first time
        printf("Brewing chai...\n"); //= 2
        return co_sleep(l, 2000); //= 3
    }
    printf("Chai is ready\n"); //= 4
    return CO_DONE;
}

static void one_chai(void)
{
    loop_t *l = loop_new();
    struct chai c = {0}; //= 5
    loop_spawn(l, brew_chai, &c);
    loop_run(l); //= 6
    loop_free(l);
}
/* endregion */

/* region: call */
static void nothing_happens(void)
{
    struct chai c = {0}; // a coroutine, if you like
    (void)c;             // and nobody gives it to a loop
}
/* endregion */

/* region: lost */
static int forgets(loop_t *l, void *co)
{
    struct chai *c = co;
    char name[20] = "";
    if (c->at++ == 0) {
        strcpy(name, "Masala");
        return co_sleep(l, 3000);
    }
    printf("%s is ready\n", name); // empty: this is another call
    return CO_DONE;
}
/* endregion */

/* region: macros */
#define CO_BEGIN(bookmark) switch (bookmark) { case 0:
#define CO_AWAIT(bookmark, wait)                                     \
    do {                                                             \
        (bookmark) = __LINE__;                                       \
        return (wait);                                               \
    case __LINE__:;                                                  \
    } while (0)
#define CO_END } return CO_DONE

static int brew_twice(loop_t *l, void *co)
{
    struct chai *c = co;
    CO_BEGIN(c->at)
    printf("Brewing chai...\n");
    CO_AWAIT(c->at, co_sleep(l, 2000));
    printf("and another one...\n");
    CO_AWAIT(c->at, co_sleep(l, 2000));
    printf("Both are ready\n");
    CO_END;
}
/* endregion */

int main(void)
{
    struct chai c = {0}, d = {0};
    loop_t *l = loop_new();
    loop_spawn(l, forgets, &c);
    loop_spawn(l, brew_twice, &d);
    loop_run(l);
    loop_free(l);
    one_chai();
    nothing_happens();
    run(-1, 0);
    return 0;
}
