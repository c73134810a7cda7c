/* check.c - never more than k in flight, never fewer than could be, and every token comes back. */
#include <lab/check.h>
#include <stdatomic.h>
#include <string.h>

#include "burners.h"

enum { LENGTH = 200, MOST = 4 };

static limiter_t limiter;
static int limit;
static atomic_int in_flight;
static bool interrupts; /* signal handlers run while somebody waits */

static int length_of(const char *url)
{
    return strcmp(url, "bad") == 0 ? -1 : strcmp(url, "empty") == 0 ? 0 : LENGTH;
}

int fake_get(const char *url)
{
    int now = atomic_fetch_add(&in_flight, 1) + 1;
    lab_check(now <= limit, "%s%d fetches in flight, and the limit is %d",
              interrupts ? "M28 if who comes back from a wait had a token: "
                         : "M32 if it were enough that there is a semaphore: ", now, limit);
    lab_brew(1000);
    atomic_fetch_sub(&in_flight, 1);
    return length_of(url);
}

struct fetch {
    const char *url;
    int answer;
};

static void *run(void *arg)
{
    struct fetch *f = arg;
    f->answer = fetch_limited(&limiter, f->url);
    return NULL;
}

static void answered(const struct fetch *f)
{
    int expected = length_of(f->url);
    lab_check(f->answer == expected, "%sfetch_limited(\"%s\") returned %d, and fake_get returned %d",
              f->answer >= 0 || expected <= 0 ? "M00: "
              : interrupts ? "M08 if a signal meant that the call has failed: "
                           : "M08 if who gets no token might give up: ", f->url,
              f->answer, expected);
}

static void open_limiter(int k)
{
    limit = k;
    lab_no_polling();
    limiter_init(&limiter, k);
}

/* n threads, the first of which is told that the server does not answer. */
static void fetch_all(int n, int k)
{
    static struct fetch f[MOST];
    open_limiter(k);
    for (int i = 0; i < n; i++) {
        f[i] = (struct fetch){i == 0 ? "bad" : "menu", 0};
        lab_go(run, &f[i]);
    }
    lab_join_all();
    for (int i = 0; i < n; i++)
        answered(&f[i]);
    lab_always_within((n + k - 1) / k * 1000L, "M32 if a semaphore were a lock: "
                      "%d fetches of a second took %ld ms, with %d at a time", n,
                      lab_now_ms(), k);
}

SCENARIO(after_a_failure, "one burner: a fetch that fails, an empty answer, and one that is not", "M36", "08.5")
{
    static struct fetch f[] = {{"bad", 0}, {"empty", -1}, {"menu", 0}};
    open_limiter(1);
    for (int i = 0; i < 3; i++) {
        run(&f[i]);
        answered(&f[i]);
    }
}

SCENARIO(two_over_one, "two fetches, one burner", "M32", "08.5")
{
    fetch_all(2, 1);
}

SCENARIO(three_over_two, "three fetches, two burners", "M37", "08.5")
{
    fetch_all(3, 2);
}

SCENARIO(three_over_three, "three fetches, three burners", "M37", "08.5")
{
    fetch_all(3, 3);
}

SCENARIO(three_over_one, "three fetches, one burner", "M36", "08.5")
{
    fetch_all(3, 1);
}

SCENARIO(interrupted, "signal handlers run while a fetch waits for the burner", "M08", "08.1")
{
    interrupts = true;
    lab_interrupts(2);
    fetch_all(2, 1);
}
