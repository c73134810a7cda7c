/* gather-three: three brews on one event loop. The lanes are the tasks; main is the thread that runs the loop.
 *
 *   -n N   brews (3)
 *   -t MS  how long a brew waits (3000)
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <lab/lab.h>
#include <lab/loop.h>

enum { MOST_BREWS = 9 };

static long brews = 3, brew_ms = 3000;

/* region: brew */
struct brew {
    const char *name;
    int at; /* the bookmark */
};

static int brew_step(loop_t *l, void *co) //= 1
{
    struct brew *b = co;
    switch (b->at) {
    case 0:
        printf("Brewing %s...\n", b->name); //= 2
        b->at = 1;
        return co_sleep(l, (int)brew_ms); //= 3
    default:
        printf("%s is ready...\n", b->name); //= 4
        return CO_DONE;
    }
}
/* endregion */

/* region: gather */
static void serve(struct brew *brew)
{
    loop_t *l = loop_new();
    loop_lanes(l); // a lane for each task
    for (int i = 0; i < brews; i++)
        loop_spawn(l, brew_step, &brew[i])->name = brew[i].name; //= 5
    loop_run(l); // until every task has ended //= 6
    loop_free(l);
}
/* endregion */

static double cpu_ms(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "gather-three: a number from 1 to %ld, please\n", most);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    struct brew brew[MOST_BREWS] = {{"Masala", 0}, {"Green", 0},  {"Ginger", 0}, {"Tulsi", 0}, {"Lemon", 0},
                                    {"Mint", 0},   {"Saffron", 0}, {"Black", 0},  {"White", 0}};
    for (int o; (o = getopt(argc, argv, "n:t:")) != -1;)
        switch (o) {
        case 'n': brews = number(optarg, MOST_BREWS); break;
        case 't': brew_ms = number(optarg, 60000); break;
        default: return 2;
        }
    lab_name("the loop");
    double cpu = cpu_ms();
    long began = loop_clock();
    serve(brew);
    lab_report("until all were ready", (double)(loop_clock() - began) / 1e3, "s");
    lab_report("computing time of all that", cpu_ms() - cpu, "ms");
    lab_say("One thread. While all tasks wait it sleeps, in epoll_wait.");
    return 0;
}
