/* three-channels: the same messages through a pipe, a message queue of the system, and a ring in shared memory. How long
 * does one take to the other process and back, and how many bytes go through in a second? Or, with -t: what does it
 * cost to have sixteen characters turned round by another process?
 *
 *   -s N   bytes of a message (64)
 *   -n N   messages (2000)
 *   -t     the tiny task instead
 *
 * Nobody can say that a message has come but the one who gets it, so each measurement ends with an answer.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { LONGEST = 65536, SLOTS = 8, QUEUED = 8192 /* bytes the system's queues take in one message */ };

static char message[LONGEST];

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void need(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    _exit(2);
}

/* ---- one way, in three kinds ------------------------------------------------------- */

/* region: ring */
struct ring { /* in shared memory */
    sem_t free, used; /* slots */
    size_t in, out;   /* the writer's, the reader's */
    char slot[SLOTS][LONGEST];
};

static void ring_put(struct ring *r, const char *from, size_t n)
{
    sem_wait(&r->free);
    memcpy(r->slot[r->in++ % SLOTS], from, n);
    sem_post(&r->used);
}

static void ring_get(struct ring *r, char *to, size_t n)
{
    sem_wait(&r->used);
    memcpy(to, r->slot[r->out++ % SLOTS], n);
    sem_post(&r->free);
}
/* endregion */

struct way {
    int pipe[2];
    mqd_t queue;
    struct ring *ring;
};

static bool pipe_open(struct way *w) { return pipe(w->pipe) == 0; }

static void pipe_put(struct way *w, const char *from, size_t n)
{
    for (ssize_t put; n > 0; from += put, n -= (size_t)put)
        need((put = write(w->pipe[1], from, n)) > 0, "write");
}

static void pipe_get(struct way *w, char *to, size_t n)
{
    for (ssize_t got; n > 0; to += got, n -= (size_t)got)
        need((got = read(w->pipe[0], to, n)) > 0, "read");
}

static void pipe_close(struct way *w)
{
    close(w->pipe[0]);
    close(w->pipe[1]);
}

static bool queue_open(struct way *w)
{
    char name[64];
    snprintf(name, sizeof name, "/three-channels-%ld", (long)getpid());
    struct mq_attr size = {.mq_maxmsg = SLOTS, .mq_msgsize = QUEUED};
    w->queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &size);
    if (w->queue == (mqd_t)-1)
        return false;
    mq_unlink(name);
    return true;
}

static size_t piece(size_t n) { return n < QUEUED ? n : QUEUED; }

static void queue_put(struct way *w, const char *from, size_t n)
{
    for (size_t p; n > 0; from += p, n -= p)
        need(mq_send(w->queue, from, p = piece(n), 0) == 0, "mq_send");
}

static void queue_get(struct way *w, char *to, size_t n)
{
    char bytes[QUEUED];
    for (size_t p; n > 0; to += p, n -= p) {
        need(mq_receive(w->queue, bytes, sizeof bytes, NULL) == (ssize_t)(p = piece(n)), "mq_receive");
        memcpy(to, bytes, p);
    }
}

static void queue_close(struct way *w) { mq_close(w->queue); }

static bool ring_open(struct way *w)
{
    w->ring = mmap(NULL, sizeof *w->ring, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return w->ring != MAP_FAILED && sem_init(&w->ring->free, 1, SLOTS) == 0 && sem_init(&w->ring->used, 1, 0) == 0;
}

static void ring_way_put(struct way *w, const char *from, size_t n) { ring_put(w->ring, from, n); }
static void ring_way_get(struct way *w, char *to, size_t n) { ring_get(w->ring, to, n); }
static void ring_close(struct way *w) { munmap(w->ring, sizeof *w->ring); }

static const struct channel {
    const char *name;
    bool (*open)(struct way *);
    void (*put)(struct way *, const char *, size_t);
    void (*get)(struct way *, char *, size_t);
    void (*close)(struct way *);
} channels[] = {
    {"pipe", pipe_open, pipe_put, pipe_get, pipe_close},
    {"message queue", queue_open, queue_put, queue_get, queue_close},
    {"shared memory", ring_open, ring_way_put, ring_way_get, ring_close},
};

/* ---- there and back, and one way -------------------------------------------------------- */

static void report(const struct channel *c, const char *what, double value, const char *unit)
{
    char name[64];
    snprintf(name, sizeof name, "%s: %s", c->name, what);
    lab_report(name, value, unit);
}

/* What the other process does: send each back, then take as many and answer once. */
_Noreturn static void echo(const struct channel *c, struct way *there, struct way *back, size_t size, long n)
{
    lab_unseen();
    for (long i = 0; i < n; i++) {
        c->get(there, message, size);
        c->put(back, message, size);
    }
    for (long i = 0; i < n; i++)
        c->get(there, message, size);
    c->put(back, message, 1);
    _exit(0);
}

static double there_and_back(const struct channel *c, struct way *there, struct way *back, size_t size, long n)
{
    double began = seconds();
    for (long i = 0; i < n; i++) {
        c->put(there, message, size);
        c->get(back, message, size);
    }
    return (seconds() - began) / (double)n;
}

static double one_way(const struct channel *c, struct way *there, struct way *back, size_t size, long n)
{
    double began = seconds();
    for (long i = 0; i < n; i++)
        c->put(there, message, size);
    c->get(back, message, 1);
    return (seconds() - began) / (double)n;
}

static void measure(const struct channel *c, size_t size, long n)
{
    struct way there, back;
    if (!c->open(&there)) {
        lab_say("%s: this machine has none for us", c->name);
        return;
    }
    need(c->open(&back), c->name);
    pid_t child = fork();
    need(child >= 0, "fork");
    if (child == 0)
        echo(c, &there, &back, size, n);
    report(c, "there and back", there_and_back(c, &there, &back, size, n) * 1e6, "us");
    report(c, "one way", (double)size / one_way(c, &there, &back, size, n) / 1e6, "MB/s");
    waitpid(child, NULL, 0);
    c->close(&there);
    c->close(&back);
}

/* ---- the tiny task --------------------------------------------------------------------------- */

/* region: tiny */
static void turn_round(char text[16])
{
    for (int i = 0; i < 8; i++) {
        char c = text[i];
        text[i] = text[15 - i];
        text[15 - i] = c;
    }
}
/* endregion */

_Noreturn static void turner(int jobs, int results)
{
    char text[16];
    lab_unseen();
    while (read(jobs, text, sizeof text) == sizeof text) {
        turn_round(text);
        if (write(results, text, sizeof text) != sizeof text)
            _exit(1);
    }
    _exit(0);
}

static void ask(const int jobs[2], const int results[2], char text[16])
{
    need(write(jobs[1], text, 16) == 16, "write");
    need(read(results[0], text, 16) == 16, "read");
}

static volatile char seen;

static double directly(long n)
{
    char text[16] = "masala and green";
    double began = seconds();
    for (long i = 0; i < n; i++) {
        turn_round(text);
        seen = text[0]; /* or the compiler leaves all of it out */
    }
    return (seconds() - began) / (double)n;
}

static void tiny(long n)
{
    int jobs[2], results[2];
    char text[16] = "masala and green";
    lab_report("directly", directly(n) * 1e6, "us");
    double began = seconds();
    need(pipe(jobs) == 0 && pipe(results) == 0, "pipe");
    pid_t child = fork();
    need(child >= 0, "fork");
    if (child == 0) {
        close(jobs[1]);
        turner(jobs[0], results[1]);
    }
    ask(jobs, results, text);
    lab_report("by another process, the first time", (seconds() - began) * 1e6, "us");
    began = seconds();
    for (long i = 0; i < n; i++)
        ask(jobs, results, text);
    lab_report("by another process, each time after that", (seconds() - began) / (double)n * 1e6, "us");
    close(jobs[1]);
    waitpid(child, NULL, 0);
}

static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n >= 1 && n <= most)
        return n;
    fprintf(stderr, "three-channels: a number from 1 to %ld, please\n", most);
    exit(2);
}

int main(int argc, char **argv)
{
    long size = 64, n = 2000;
    bool small = false;
    for (int o; (o = getopt(argc, argv, "s:n:t")) != -1;)
        switch (o) {
        case 's': size = number(optarg, LONGEST); break;
        case 'n': n = number(optarg, 1000000); break;
        case 't': small = true; break;
        default: return 2;
        }
    lab_unseen();
    if (small)
        tiny(n);
    for (size_t i = 0; !small && i < sizeof channels / sizeof *channels; i++)
        measure(&channels[i], (size_t)size, n);
    return 0;
}
