/* mp-queue: messages with a length over a pipe, several writers. WRONG 1: one read is taken for one message;
 * 2: header and body are written without the lock. */
#include <errno.h>
#include <lab/check.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

typedef struct {
    int ends[2];
    pthread_mutex_t *lock; /* that all processes see */
} mpq_t;

static int mpq_open(mpq_t *q)
{
    pthread_mutexattr_t a;
    q->lock = mmap(NULL, sizeof *q->lock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(q->lock, &a);
    return pipe(q->ends);
}

static int write_all(int fd, const void *from, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, (const char *)from + done, n - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        done += (size_t)put;
    }
    return 0;
}

/* How many bytes before the end. */
static ssize_t read_all(int fd, void *to, size_t n)
{
    size_t done = 0;
    while (done < n) {
        ssize_t got = read(fd, (char *)to + done, n - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += (size_t)got;
        if (WRONG == 1)
            break;
    }
    return (ssize_t)done;
}

static int mpq_put(mpq_t *q, const void *bytes, uint32_t n)
{
    if (WRONG != 2)
        pthread_mutex_lock(q->lock);
    int r = write_all(q->ends[1], &n, sizeof n) || write_all(q->ends[1], bytes, n);
    if (WRONG != 2)
        pthread_mutex_unlock(q->lock);
    return r;
}

/* Length, 0 at the end, -1: it does not fit, or is torn. */
static ssize_t mpq_get(mpq_t *q, void *to, size_t room)
{
    uint32_t n;
    ssize_t head = read_all(q->ends[0], &n, sizeof n);
    if (head == 0)
        return 0;
    if (head != sizeof n || n > room)
        return -1;
    return read_all(q->ends[0], to, n) == (ssize_t)n ? (ssize_t)n : -1;
}

static void writer(mpq_t *q, char c)
{
    char text[3] = {c, c, c};
    close(q->ends[0]);
    mpq_put(q, text, sizeof text);
    _exit(0);
}

SCENARIO(short_reads, "one message in any number of pieces", "M39", "13.8")
{
    mpq_t q;
    char text[16];
    lab_check(mpq_open(&q) == 0, "a queue");
    lab_short_io(1);
    lab_interrupts(1);
    if (fork() == 0)
        writer(&q, 'a');
    close(q.ends[1]);
    lab_check(mpq_get(&q, text, sizeof text) == 3 && memcmp(text, "aaa", 3) == 0, "the message came in pieces");
    lab_check(mpq_get(&q, text, sizeof text) == 0, "then comes the end");
    while (wait(NULL) < 0 && errno == EINTR)
        ;
    close(q.ends[0]);
}

SCENARIO(two_writers, "messages of two writers stay whole", "M39", "13.8")
{
    mpq_t q;
    char text[16];
    int seen = 0;
    lab_check(mpq_open(&q) == 0, "a queue");
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            writer(&q, (char)('a' + i));
    for (int i = 0; i < 2; i++) {
        ssize_t n = mpq_get(&q, text, sizeof text);
        lab_check(n == 3 && text[0] == text[1] && text[1] == text[2], "a message is torn");
        seen |= 1 << (text[0] - 'a');
    }
    lab_check(seen == 3, "both came");
    close(q.ends[0]);
    close(q.ends[1]);
    wait(NULL);
    wait(NULL);
    lab_no_children_left();
}
