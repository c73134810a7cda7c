/* phases: four helpers, three phases of uneven work; without a barrier, then with one after each phase.
 *
 *   -t MS  unit of work, in milliseconds (200)
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { HELPERS = 4, PHASES = 3 };

/* How many units each helper takes for each phase. */
static const int units[HELPERS][PHASES] = {{1, 3, 1}, {2, 1, 2}, {3, 1, 1}, {1, 2, 3}};
static long unit_ms = 200;
static bool together;
static pthread_barrier_t barrier;

static void *helper(void *arg)
{
    static const char *const names[HELPERS] = {"Asha", "Ben", "Cem", "Dina"};
    long me = (long)arg;
    lab_name(names[me]);
    for (int phase = 0; phase < PHASES; phase++) {
        lab_brew(units[me][phase] * unit_ms);
        if (together)
            pthread_barrier_wait(&barrier);
    }
    return NULL;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double day(const char *title, bool with_barrier)
{
    pthread_t threads[HELPERS];
    double began = now_s();
    lab_section(title);
    together = with_barrier;
    for (long i = 0; i < HELPERS; i++)
        if (pthread_create(&threads[i], NULL, helper, (void *)i) != 0) {
            fprintf(stderr, "phases: this machine gives us no further thread\n");
            exit(2);
        }
    for (int i = 0; i < HELPERS; i++)
        pthread_join(threads[i], NULL);
    return now_s() - began;
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "phases: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "t:")) != -1)
        switch (option) {
        case 't': unit_ms = number(optarg, 1, 10000); break;
        default: return 2;
        }
    pthread_barrier_init(&barrier, NULL, HELPERS);
    double without = day("without a barrier", false), with = day("with a barrier", true);
    lab_report("without a barrier", without, "s");
    lab_report("with a barrier", with, "s");
    lab_say("Without: as long as the slowest helper needs for all phases.");
    lab_say("With: the slowest of each phase, added up.");
    return 0;
}
