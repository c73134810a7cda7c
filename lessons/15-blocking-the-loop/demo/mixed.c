/* mixed: a loop that waits for an order, and beside it a thread that says every second how the shop is. Nobody
 * waits for that thread: it ends when the program does. Or, with -j: blocking jobs through a pool.
 *
 *   -j N   N jobs of two seconds each, from a loop to a pool
 *   -w N   workers (4)
 */
#include "offload.h"

static int served;

/* region: thread */
static void *watch_health(void *arg) //= 1
{
    lab_name("health");
    for (;;) {
        sleep(1); //= 2
        printf("Logging system health\n"); //= 3
    }
    return arg;
}

static void start_watching(void)
{
    pthread_t health;
    pthread_create(&health, NULL, watch_health, NULL); //= 4
    pthread_detach(health); //= 5
}
/* endregion */

/* region: loop */
static int fetch_orders(loop_t *l, void *co) //= 1
{
    int *at = co;
    if ((*at)++ == 0)
        return co_sleep(l, 3000); //= 2
    printf("Order fetched\n"); //= 3
    return CO_DONE;
}

static void serve(void)
{
    int at = 0;
    loop_t *l = loop_new();
    loop_spawn(l, fetch_orders, &at); //= 4
    loop_run(l); //= 4
    loop_free(l);
}
/* endregion */

static void *ask_supplier(void *arg)
{
    lab_brew(2000);
    return arg;
}

static void answered(void *res, void *loop)
{
    (void)res;
    printf("%.1f s  answer %d\n", (double)loop_now(loop) / 1000, ++served);
}

static void ask_all(int jobs, int workers)
{
    pool_t *pool = pool_new(workers);
    loop_t *l = loop_new();
    for (int i = 0; i < jobs; i++)
        loop_offload(l, pool, ask_supplier, NULL, answered, l);
    loop_run(l);
    lab_report("until the last answer", (double)loop_now(l) / 1000, "s");
    loop_free(l);
    pool_close(pool);
}

static int number(const char *text, int most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "mixed: a number from 1 to %d, please\n", most);
        exit(2);
    }
    return (int)n;
}

int main(int argc, char **argv)
{
    int jobs = 0, workers = 4;
    for (int o; (o = getopt(argc, argv, "j:w:")) != -1;)
        switch (o) {
        case 'j': jobs = number(optarg, 100); break;
        case 'w': workers = number(optarg, POOL_MOST); break;
        default: return 2;
        }
    lab_name("loop");
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (jobs > 0) {
        ask_all(jobs, workers);
    } else {
        start_watching();
        serve();
    }
    return 0; /* with main, the health thread ends */
}
