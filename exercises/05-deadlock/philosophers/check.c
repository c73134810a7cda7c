/* check.c - do neighbours never eat together, does everybody get to eat, and can those who are no
 * neighbours eat at the same time? */
#include <lab/check.h>

#include "philosophers.h"

/* The two shares of fork i that its users write while they eat: if both may, they may at the same
 * time, and then somebody sees the other there. */
static int user_of_fork[MOST_SEATS];
static int seats, meals;

static void use_fork(int fork, int me)
{
    lab_check(user_of_fork[fork] == 0, "M03 if two neighbours never came at the same time: "
              "neighbours %d and %d eat at the same time",
              user_of_fork[fork] - 1, me);
    user_of_fork[fork] = me + 1;
}

static void *philosopher(void *arg)
{
    int me = (int)(long)arg, right = (me + 1) % seats;
    for (int meal = 0; meal < meals; meal++) {
        pick_up(me);
        use_fork(me, me);
        use_fork(right, me);
        lab_brew(1000);
        user_of_fork[me] = user_of_fork[right] = 0;
        put_down(me);
    }
    return NULL;
}

static void dinner(int n, int meals_each)
{
    seats = n;
    meals = meals_each;
    table_init(n);
    for (long i = 0; i < n; i++)
        lab_go(philosopher, (void *)i);
    lab_join_all();
}

SCENARIO(table_for_three, "three philosophers, one meal each", "M19", "05.5")
{
    dinner(3, 1);
}

SCENARIO(table_for_two, "two philosophers share both forks", "M19", "05.5")
{
    dinner(2, 1);
}

SCENARIO(second_meal, "two philosophers, two meals each", "M17", "05.5")
{
    dinner(2, 2);
}

SCENARIO(one_alone, "one of four eats, twice; nobody else comes", "M20", "05.5")
{
    seats = 4;
    meals = 2;
    table_init(4);
    lab_go(philosopher, (void *)2L);
    lab_join_all();
}

SCENARIO(table_for_four, "four philosophers: can two eat at the same time?", "M18", "05.5")
{
    dinner(4, 1);
    lab_possible("serial", lab_now_ms() == 2000,
                 "four meals of one second never take only two: those who share no fork wait for each "
                 "other");
}
