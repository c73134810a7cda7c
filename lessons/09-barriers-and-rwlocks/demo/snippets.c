/* snippets: pieces for the pages and questions of this lesson. main() runs them. */
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t all_done; /* init: 3 */

/* region: rounds */
static void *helper(void *name) //= 1
{
    for (int round = 1; round <= 2; round++) { //= 2
        printf("%s works\n", (const char *)name); //= 3
        int r = pthread_barrier_wait(&all_done); //= 4
        if (r == PTHREAD_BARRIER_SERIAL_THREAD) //= 5
            printf("round %d is over\n", round); //= 6
    }
    return NULL;
}
/* endregion */

/* region: board */
static pthread_rwlock_t board = PTHREAD_RWLOCK_INITIALIZER;
static int price = 30; /* board protects: price */

static int look(void)
{
    pthread_rwlock_rdlock(&board); /* with all the other readers */
    int seen = price;
    pthread_rwlock_unlock(&board);
    return seen;
}

static void set(int cents)
{
    pthread_rwlock_wrlock(&board); /* alone */
    price = cents;
    pthread_rwlock_unlock(&board);
}
/* endregion */

/* region: once */
static pthread_once_t lit = PTHREAD_ONCE_INIT;

static void light_stove(void)
{
    printf("the stove burns\n");
}

static void boil(void)
{
    pthread_once(&lit, light_stove); /* whoever is first lights it */
}
/* endregion */

int main(void)
{
    static char name[3][8] = {"Asha", "Ben", "Cem"};
    pthread_t threads[3];
    pthread_barrier_init(&all_done, NULL, 3);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, helper, name[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    set(look() + 1);
    boil();
    boil();
    return 0;
}
