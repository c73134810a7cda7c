/* barbershop: customers come at steady intervals, one barber, three chairs. How many are served?
 *
 *   -n N   customers (10)
 *   -a MS  time between two arrivals, in milliseconds (150)
 *   -c MS  time for a cut (300)
 *   -s N   chairs to wait on (3)
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_CUSTOMERS = 20 };

static long customers = 10, arrival_ms = 150, cut_ms = 300, chairs = 3;

static sem_t chair_free, customer_here, barber_ready, cut_done, customer_gone;
static atomic_int served, turned_away;
static atomic_bool closing; /* set before the last token for the barber */

static void *customer(void *arg)
{
    const char *name = arg;
    lab_name(name);
    if (sem_trywait(&chair_free) != 0) {
        turned_away++;
        return NULL;
    }
    sem_wait(&barber_ready);
    sem_post(&chair_free);
    sem_post(&customer_here);
    sem_wait(&cut_done);
    sem_post(&customer_gone);
    served++;
    return NULL;
}

static void *barber(void *arg)
{
    lab_name("barber");
    for (;;) {
        sem_post(&barber_ready);
        sem_wait(&customer_here); /* sleeps while nobody is there */
        if (closing)
            return arg;
        lab_brew(cut_ms);
        sem_post(&cut_done);
        sem_wait(&customer_gone);
    }
}

static pthread_t start(void *(*run)(void *), void *arg)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, arg) != 0) {
        fprintf(stderr, "barbershop: this machine gives us no further thread\n");
        exit(2);
    }
    return thread;
}

static void open_shop(void)
{
    sem_init(&chair_free, 0, (unsigned)chairs);
    sem_init(&customer_here, 0, 0);
    sem_init(&barber_ready, 0, 0);
    sem_init(&cut_done, 0, 0);
    sem_init(&customer_gone, 0, 0);
}

static void one_day(void)
{
    static char name[MOST_CUSTOMERS][32];
    pthread_t threads[MOST_CUSTOMERS], b = start(barber, NULL);
    for (long i = 0; i < customers; i++) {
        snprintf(name[i], sizeof name[i], "no. %ld", i + 1);
        threads[i] = start(customer, name[i]);
        lab_brew(arrival_ms);
    }
    for (long i = 0; i < customers; i++)
        pthread_join(threads[i], NULL);
    closing = true;
    sem_post(&customer_here);
    pthread_join(b, NULL);
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "barbershop: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:a:c:s:")) != -1)
        switch (option) {
        case 'n': customers = number(optarg, 1, MOST_CUSTOMERS); break;
        case 'a': arrival_ms = number(optarg, 0, 10000); break;
        case 'c': cut_ms = number(optarg, 1, 10000); break;
        case 's': chairs = number(optarg, 1, MOST_CUSTOMERS); break;
        default: return 2;
        }
    open_shop();
    one_day();
    lab_report("served", served, "");
    lab_report("turned away", turned_away, "");
    lab_say("A customer every %ld ms, a cut takes %ld ms: %d served, %d turned away.", arrival_ms, cut_ms,
            (int)served, (int)turned_away);
    return 0;
}
