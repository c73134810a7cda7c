/* check.c - one entry a name, equal prices, no lock kept, and nobody waits for the wholesaler who
 * does not have to. */
#include <lab/check.h>
#include <string.h>

#include "menu-cache.h"

enum { UNTOUCHED = -5 }; /* nobody would write that into *out by chance */

static cache_t menu;
static bool wholesaler_closed;
static int asked;                                                  /* protected by asking */
static pthread_mutex_t asking = PTHREAD_MUTEX_INITIALIZER;

/* Each question gets a higher price, so that two answers for one name can be told apart. */
int load_price(const char *name, int *price)
{
    (void)name;
    lab_brew(2000);
    if (wholesaler_closed)
        return -1;
    pthread_mutex_lock(&asking);
    *price = 10 * ++asked;
    pthread_mutex_unlock(&asking);
    return 0;
}

struct guest {
    const char *wants;
    int answer, price;
    long served_ms;
};

static void *ask(void *arg)
{
    struct guest *g = arg;
    char wish[NAME_SIZE]; /* the name is gone when the guest is: keep the letters, not the pointer */
    strcpy(wish, g->wants);
    g->price = UNTOUCHED;
    g->answer = price_of(&menu, wish, &g->price);
    g->served_ms = lab_now_ms();
    memset(wish, 'x', sizeof wish - 1);
    return NULL;
}

static void *boss_raises_prices(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&menu.lock);
    for (int i = 0; i < menu.count; i++)
        menu.entry[i].price += 1;
    pthread_mutex_unlock(&menu.lock);
    return NULL;
}

static void new_menu(void)
{
    memset(&menu, 0, sizeof menu);
    pthread_mutex_init(&menu.lock, NULL);
}

static void served(const struct guest *g)
{
    lab_check(g->answer == 0, "price_of(%s) returned %d, but the price could be loaded", g->wants,
              g->answer);
    lab_check(g->price > 0, "M16: price_of(%s) returned 0 and gave no price", g->wants);
}

/* The lock is free, and the cache has exactly one entry of each guest's name. */
static void entries(int count, const struct guest *g, int guests)
{
    pthread_mutex_lock(&menu.lock);
    lab_check(menu.count == count, "%sentries in the cache: %d, names with a price: %d; it must be one entry a name",
              menu.count < count ? "M05 if nobody else inserted just then: " : "",
              menu.count, count);
    for (int i = 0; i < guests; i++) {
        int found = 0;
        for (int k = 0; k < menu.count; k++)
            found += strcmp(menu.entry[k].name, g[i].wants) == 0;
        lab_check(found == 1, "%s stands in the cache %d times, not once", g[i].wants, found);
    }
    pthread_mutex_unlock(&menu.lock);
}

SCENARIO(one_guest, "one guest asks twice", "M08", "04.6")
{
    struct guest g[2] = {{.wants = "chai"}, {.wants = "chai"}};
    new_menu();
    ask(&g[0]);
    ask(&g[1]);
    served(&g[0]);
    served(&g[1]);
    lab_check(g[0].price == 10 && g[1].price == 10, "chai cost %d, then %d: it is loaded once and kept",
              g[0].price, g[1].price);
    lab_check(asked == 1, "M00: the wholesaler was asked %d times for a price that stands in the cache", asked);
    entries(1, g, 2);
}

SCENARIO(wholesaler_says_no, "a price that cannot be loaded, then one that can", "M08", "04.6")
{
    static struct guest g[2];
    g[0].wants = "saffron";
    g[1].wants = "chai";
    new_menu();
    wholesaler_closed = true;
    lab_go(ask, &g[0]);
    lab_join_all();
    lab_check(g[0].answer == -1, "price_of returned %d for a price that cannot be loaded, expected -1",
              g[0].answer);
    lab_check(g[0].price == UNTOUCHED, "price_of failed, and changed *out to %d all the same", g[0].price);
    entries(0, g, 0);
    wholesaler_closed = false;
    ask(&g[1]);
    served(&g[1]);
    entries(1, &g[1], 1);
    ask(&g[0]);
    served(&g[0]);
    entries(2, g, 2);
}

SCENARIO(same_name, "two guests ask for the same tea", "M16", "04.6")
{
    static struct guest g[2];
    new_menu();
    g[0].wants = g[1].wants = "chai";
    lab_go(ask, &g[0]);
    lab_go(ask, &g[1]);
    lab_join_all();
    served(&g[0]);
    served(&g[1]);
    entries(1, g, 2);
    lab_check(g[0].price == g[1].price, "M16: one guest heard %d, the other %d, for the same entry",
              g[0].price, g[1].price);
}

SCENARIO(two_names, "two guests ask for different teas", "M18", "04.6")
{
    static struct guest g[2];
    new_menu();
    g[0].wants = "chai";
    g[1].wants = "mint";
    lab_go(ask, &g[0]);
    lab_go(ask, &g[1]);
    lab_join_all();
    served(&g[0]);
    served(&g[1]);
    entries(2, g, 2);
    lab_possible("serial", lab_now_ms() == 2000,
                 "two prices always take 4 seconds to load: one guest holds the lock and waits, so the "
                 "other waits, too");
}

SCENARIO(known_price, "one guest waits for the wholesaler, one asks for a known tea", "M18", "04.6")
{
    static struct guest g[2], first;
    new_menu();
    first.wants = g[0].wants = "chai";
    g[1].wants = "mint";
    ask(&first);
    lab_go(ask, &g[1]);
    lab_brew(1000);
    ask(&g[0]);
    served(&g[0]);
    lab_require("serial", !lab_ideal_clock() || g[0].served_ms == 3000,
                "the price of chai is known, and still that guest waited %ld ms while another price was "
                "loaded",
                g[0].served_ms - 3000);
    lab_join_all();
    served(&g[1]);
    entries(2, g, 2);
}

SCENARIO(prices_rise, "the boss raises prices while a guest asks", "M09", "04.6")
{
    static struct guest g, first;
    new_menu();
    first.wants = g.wants = "chai";
    ask(&first);
    lab_go(boss_raises_prices, NULL);
    lab_go(ask, &g);
    lab_join_all();
    served(&g);
    lab_check(g.price == 10 || g.price == 11, "chai cost 10, then 11, and the guest heard %d", g.price);
    entries(1, &g, 1);
}

SCENARIO(four_names, "four names, two of them long and alike, and all of them again", "M08", "04.6")
{
    static const char *const name[] = {"mint", "chai", "chai masala", "chai masala hot"};
    struct guest g[4], again[4];
    new_menu();
    for (int i = 0; i < 4; i++) {
        g[i].wants = again[i].wants = name[i];
        ask(&g[i]);
        served(&g[i]);
    }
    for (int i = 0; i < 4; i++) {
        ask(&again[i]);
        lab_check(again[i].price == g[i].price, "M00: %s cost %d, and then %d", name[i], g[i].price, again[i].price);
    }
    lab_check(asked == 4, "M00: there are four names, and the wholesaler was asked %d times", asked);
    entries(4, g, 4);
}

SCENARIO(two_and_another, "two guests ask for one tea, a third one for another", "M16", "04.6")
{
    static struct guest g[3];
    new_menu();
    g[0].wants = g[1].wants = "chai";
    g[2].wants = "mint";
    for (int i = 0; i < 3; i++)
        lab_go(ask, &g[i]);
    lab_join_all();
    for (int i = 0; i < 3; i++)
        served(&g[i]);
    entries(2, &g[1], 2);
    lab_check(g[0].price == g[1].price && g[0].price != g[2].price,
              "M05 if nobody else inserted just then: chai cost %d and %d, mint cost %d", g[0].price, g[1].price,
              g[2].price);
}
