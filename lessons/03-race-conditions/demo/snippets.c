/* snippets: five small pieces for the quiz of this lesson. In each, two threads run the
 * function shown (or main and one thread do). Nothing runs them but main() below, so that
 * they are real programs and not only pictures of some.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const int numbers[2] = {0, 1};

/* region: sell */
static int cups = 9;

static void *sell(void *arg) /* two threads run this */
{
    cups--;
    return arg;
}
/* endregion */

static void lock_shelf(void) { pthread_mutex_lock(&lock); }
static void unlock_shelf(void) { pthread_mutex_unlock(&lock); }

/* region: look-then-take */
static void buy(void) /* two threads call this */
{
    lock_shelf();
    int seen = cups;
    unlock_shelf();
    if (seen > 0) {
        lock_shelf();
        cups--; /* must never go below 0 */
        unlock_shelf();
    }
}
/* endregion */

static void *customer(void *arg)
{
    buy();
    return arg;
}

/* region: close-shop */
static bool closed;

static void *close_shop(void *arg) /* two threads run this */
{
    closed = true;
    return arg;
}
/* endregion */

/* region: slots */
static long tally[2];

static void *count(void *arg) /* two threads run this, with 0 and 1 */
{
    int me = *(const int *)arg;
    for (int i = 0; i < 1000; i++)
        tally[me]++;
    return NULL;
}
/* endregion */

/* region: sleep */
static int degrees;

static void *boil(void *arg)
{
    degrees = 95;
    return arg;
}

static void serve(void)
{
    pthread_t kettle;
    pthread_create(&kettle, NULL, boil, NULL);
    sleep(1);
    printf("the water has %d degrees\n", degrees);
    pthread_join(kettle, NULL);
}
/* endregion */

static void run_twice(void *(*start)(void *))
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, start, (void *)&numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
}

int main(void)
{
    run_twice(sell);
    run_twice(customer);
    run_twice(close_shop);
    run_twice(count);
    serve();
    printf("%d cups, closed %d, counted %ld\n", cups, closed, tally[0] + tally[1]);
    return 0;
}
