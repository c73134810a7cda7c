/* check.c - are chairs and cuts counted right, and does nobody get stuck?
 *
 * The barber of a scenario makes as many cuts as there are customers. Whoever was turned away comes back
 * when all others have left: then the shop is empty, and he must be served. */
#include <lab/check.h>
#include <stdatomic.h>

#include "barbershop.h"

enum { MOST = 3 };

static shop_t shop;
static atomic_int begun, done, left; /* cuts, cuts, customers with a cut */
static _Thread_local bool is_barber;

void cut_hair(void)
{
    lab_check(is_barber, "cut_hair was called by a customer: the barber cuts");
    atomic_fetch_add(&begun, 1);
    lab_brew(1000);
    atomic_fetch_add(&done, 1);
}

static void *barber(void *arg)
{
    lab_name("barber");
    is_barber = true;
    shop_barber(&shop, *(int *)arg);
    return NULL;
}

struct customer {
    long comes_ms;
    bool served;
    long left_ms;
    pthread_t thread;
};

/* A visit. Who leaves served leaves after a cut that began after he had come, and that is nobody else's. */
static bool visit(void)
{
    int earlier = begun;
    if (!shop_visit(&shop))
        return false;
    int leaving = atomic_fetch_add(&left, 1) + 1, cuts = done;
    lab_check(leaving <= cuts, "M30 if who is called were served at once: "
              "%d customer%s left as served, and %d cut%s done", leaving, leaving == 1 ? " has" : "s have", cuts,
              cuts == 1 ? " is" : "s are");
    lab_check(cuts > earlier, "M08 if a token knew whom it is for: "
              "a customer left before his cut: all cuts that are done began before he came");
    return true;
}

static void *come(void *arg)
{
    struct customer *c = arg;
    lab_name("customer");
    if (c->comes_ms > 0)
        lab_brew(c->comes_ms);
    c->served = visit();
    if (lab_ideal_clock())
        c->left_ms = lab_now_ms();
    return NULL;
}

static void start(struct customer *c)
{
    pthread_create(&c->thread, NULL, come, c);
}

static void all_leave(struct customer *c, int n)
{
    for (int i = 0; i < n; i++)
        pthread_join(c[i].thread, NULL);
}

/* Those who were turned away come again, one by one, and the barber goes home. */
static void come_back(struct customer *c, int n)
{
    for (int i = 0; i < n; i++)
        if (!c[i].served)
            lab_check(visit(), "M17 if who gets up had given his chair back: "
                      "nobody else is in the shop, and still a customer was sent away");
    lab_join_all();
    lab_check(done == n, "cuts that were made: %d, customers: %d", done, n);
}

SCENARIO(one_customer, "one customer, one chair", "M27", "08.5")
{
    static struct customer c[1];
    static int cuts = 1;
    shop_init(&shop, 1);
    lab_go(barber, &cuts);
    start(&c[0]);
    all_leave(c, 1);
    lab_check(c[0].served, "the only customer was sent away");
    come_back(c, 1);
}

SCENARIO(two_customers, "two customers, one chair", "M16", "08.5")
{
    static struct customer c[2];
    static int cuts = 2;
    shop_init(&shop, 1);
    lab_go(barber, &cuts);
    for (int i = 0; i < 2; i++)
        start(&c[i]);
    all_leave(c, 2);
    come_back(c, 2);
}

SCENARIO(two_chairs, "two customers, two chairs", "M08", "08.5")
{
    static struct customer c[2];
    static int cuts = 2;
    shop_init(&shop, 2);
    lab_go(barber, &cuts);
    for (int i = 0; i < 2; i++)
        start(&c[i]);
    all_leave(c, 2);
    lab_check(c[0].served && c[1].served, "two customers, two chairs, and one was sent away");
    come_back(c, 2);
}

SCENARIO(full_shop, "one waits on the only chair, another comes later, and then the barber", "M32", "08.5")
{
    static struct customer c[2] = {{.comes_ms = 0}, {.comes_ms = 500}};
    static int cuts = 2;
    if (!lab_ideal_clock()) /* nobody could say who came first */
        return;
    shop_init(&shop, 1);
    for (int i = 0; i < 2; i++)
        start(&c[i]);
    lab_brew(1000);
    lab_go(barber, &cuts);
    all_leave(c, 2);
    lab_check(!c[1].served, "M00: the only chair was taken, no barber was there yet, and who came then was not sent away");
    lab_check(c[1].left_ms == 500, "M00: the shop was full, and a customer stood there for %ld ms before he left",
              c[1].left_ms - 500);
    come_back(c, 2);
}

SCENARIO(barber_comes_late, "two come, one chair, and the barber begins a second later", "M16", "08.5")
{
    static struct customer c[2];
    static int cuts = 2;
    shop_init(&shop, 1);
    for (int i = 0; i < 2; i++)
        start(&c[i]);
    lab_brew(1000);
    lab_go(barber, &cuts);
    all_leave(c, 2);
    if (lab_ideal_clock()) {
        lab_check(c[0].served + c[1].served == 1, "M16: one chair, no barber yet, two come: %d of them stayed",
                  c[0].served + c[1].served);
        struct customer *away = c[0].served ? &c[1] : &c[0];
        lab_check(away->left_ms == 0, "the shop was full, and a customer stood there for %ld ms before he left",
                  away->left_ms);
    }
    come_back(c, 2);
}

SCENARIO(during_a_cut, "one customer after the other, the second during the first cut", "M18", "08.5")
{
    static struct customer c[2] = {{.comes_ms = 0}, {.comes_ms = 500}};
    static int cuts = 2;
    shop_init(&shop, 1);
    lab_go(barber, &cuts);
    for (int i = 0; i < 2; i++)
        start(&c[i]);
    all_leave(c, 2);
    if (lab_ideal_clock())
        lab_check(c[1].served && c[1].left_ms == 2000,
                  "M18 if what is held for longer did no harm: "
                  "the first sits at the barber, the chair is free, and the second %s", c[1].served ? "did not leave after 2000 ms" : "was sent away");
    come_back(c, 2);
}

SCENARIO(three_at_once, "one waits on the only chair, two more come, and then the barber", "M32", "08.5")
{
    static struct customer c[3] = {{.comes_ms = 0}, {.comes_ms = 500}, {.comes_ms = 600}};
    static int cuts = 3;
    if (!lab_ideal_clock())
        return;
    shop_init(&shop, 1);
    for (int i = 0; i < 3; i++)
        start(&c[i]);
    lab_brew(1000);
    lab_go(barber, &cuts);
    all_leave(c, 3);
    lab_check(!c[1].served, "M00: the only chair was taken, no barber was there yet, and who came then was not sent away");
    lab_check(!c[2].served, "M00: one was sent away from a full shop, and the next one was not");
    come_back(c, 3);
}
