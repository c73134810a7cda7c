/* flush-on-exit: a logger with one writer thread; what was accepted is written before log_close returns. WRONG 1: looks
 * at stop before the queue; 2: log_line does not signal. */
#include <lab/check.h>
#include <pthread.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static const char *queue[8];
static int queued, taken;
static bool stop;
static pthread_t writer;
static int written;
static long written_at;

static void *write_lines(void *arg)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (queued == taken && !stop)
            pthread_cond_wait(&changed, &lock);
        if ((WRONG == 1 && stop) || queued == taken)
            break;
        taken++;
        written++;
        written_at = lab_now_ms();
    }
    pthread_mutex_unlock(&lock);
    return arg;
}

static void log_open(void) { pthread_create(&writer, NULL, write_lines, NULL); }

static void log_line(const char *line)
{
    pthread_mutex_lock(&lock);
    queue[queued++] = line;
    if (WRONG != 2)
        pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

static void log_close(void)
{
    pthread_mutex_lock(&lock);
    stop = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_join(writer, NULL);
}

SCENARIO(burst, "two lines, then the end", "M25", "06.8")
{
    log_open();
    log_line("one");
    log_line("two");
    log_close();
    lab_check(written == 2, "%d of 2 lines written", written);
}

SCENARIO(idle, "a line is written when it comes, not at the end", "M27", "06.8")
{
    log_open();
    sleep(1);
    log_line("one");
    sleep(9);
    log_close();
    lab_check(written == 1, "%d of 1 lines written", written);
    lab_require("late", !lab_ideal_clock() || written_at == 1000, "the line of 1000 ms was written at %ld ms", written_at);
}
