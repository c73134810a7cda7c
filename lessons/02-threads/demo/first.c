/* first: two threads, started and waited for; then three with an argument each. As lesson 02 shows them
 * beside their Python twins. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* region: task */
static void *brew(void *arg) //= 1
{
    (void)arg;
    printf("kettle on\n"); //= 2
    sleep(2); //= 3
    printf("kettle boils\n"); //= 4
    return NULL;
}
/* endregion */

static void give_up(int error)
{
    fprintf(stderr, "first: no thread: %s\n", strerror(error));
    exit(2);
}

static void two_kettles(void)
{
    /* region: two */
    pthread_t a, b; //= 5
    int error = pthread_create(&a, NULL, brew, NULL); //= 6
    if (error == 0)
        error = pthread_create(&b, NULL, brew, NULL); //= 7
    if (error != 0)
        give_up(error);
    pthread_join(a, NULL); //= 8
    pthread_join(b, NULL); //= 9
    /* endregion */
}

/* region: pour */
struct order { //= 10
    const char *name;
    size_t cups; /* result */
};

static void *pour(void *arg) //= 11
{
    struct order *o = arg;
    o->cups = strlen(o->name); //= 12
    return NULL;
}
/* endregion */

static void three_orders(void)
{
    /* region: orders */
    struct order orders[3] = {{"masala", 0}, {"green", 0}, {"ginger", 0}}; //= 13
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) //= 14
        if (pthread_create(&threads[i], NULL, pour, &orders[i]) != 0) //= 15
            abort();
    for (int i = 0; i < 3; i++) { //= 16
        pthread_join(threads[i], NULL); //= 17
        printf("%s: %zu\n", orders[i].name, orders[i].cups); //= 18
    }
    /* endregion */
}

int main(void)
{
    two_kettles();
    three_orders();
    return 0;
}
