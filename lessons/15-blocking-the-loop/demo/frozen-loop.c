/* frozen-loop: one loop with a heartbeat every half second. After the third beat a customer comes, and somebody
 * has to look into the store, which takes three seconds.
 *
 *   -o     a worker looks, not the loop
 *   -w     looking means computing, not waiting
 *   -t MS  how long it takes (3000)
 */
#include "offload.h"

enum { BEAT = 500, END = 4900 };

static int offloads, computes;
static long store_ms = 3000;
static pool_t *pool;

static struct {
    int beats;
    long last, gap; /* ms */
} heart;

static void say(loop_t *l, const char *what) { printf("%3.1f s  %s\n", (double)loop_now(l) / 1000, what); }

static void *check_stock(void *item)
{
    if (computes)
        lab_work(store_ms);
    else
        lab_brew(store_ms); /* any call that blocks: a query, a download */
    return item;
}

static void serve(void *item, void *loop)
{
    say(loop, item);
}

static int customer(loop_t *l, void *co)
{
    say(l, "a customer asks for ginger");
    if (offloads)
        loop_offload(l, pool, check_stock, co, serve, l);
    else
        serve(check_stock(co), l);
    return CO_DONE;
}

static int heartbeat(loop_t *l, void *co)
{
    long now = loop_now(l);
    say(l, "beat");
    if (heart.beats++ > 0 && now - heart.last > heart.gap)
        heart.gap = now - heart.last;
    heart.last = now;
    if (heart.beats == 3)
        loop_spawn(l, customer, co);
    return now < END ? co_sleep(l, BEAT) : CO_DONE;
}

static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "frozen-loop: a number from 1 to %ld, please\n", most);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    for (int o; (o = getopt(argc, argv, "owt:")) != -1;)
        switch (o) {
        case 'o': offloads = 1; break;
        case 'w': computes = 1; break;
        case 't': store_ms = number(optarg, 60000); break;
        default: return 2;
        }
    lab_name("loop");
    if (offloads)
        pool = pool_new(1);
    loop_t *l = loop_new();
    loop_lanes(l); /* a lane for each task, beside that of the loop's thread */
    loop_spawn(l, heartbeat, "there is ginger, 42 pieces")->name = "heart";
    loop_run(l);
    loop_free(l);
    if (offloads)
        pool_close(pool);
    lab_report("longest gap between two beats", (double)heart.gap / 1000, "s");
    return 0;
}
