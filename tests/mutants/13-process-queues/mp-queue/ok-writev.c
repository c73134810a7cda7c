/* ok: length and bytes in one call, as far as they go */
#include "mp-queue.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <sys/uio.h>

int mpq_open(mpq_t *q)
{
    int ends[2];
    pthread_mutexattr_t shared;
    q->lock = mmap(NULL, sizeof *q->lock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (q->lock == MAP_FAILED)
        return -1;
    if (pipe(ends) != 0) {
        munmap(q->lock, sizeof *q->lock);
        return -1;
    }
    q->from = ends[0];
    q->to = ends[1];
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(q->lock, &shared);
    pthread_mutexattr_destroy(&shared);
    return 0;
}

/* Writes all n bytes. 0, or -1 with errno. */
static int write_all(int fd, const void *from, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, (const char *)from + done, n - done);
        if (put < 0 && errno != EINTR)
            return -1;
        if (put > 0)
            done += (size_t)put;
    }
    return 0;
}

/* Reads n bytes, fewer only at the end. How many, or -1 with errno. */
static ssize_t read_all(int fd, void *to, size_t n)
{
    size_t done = 0;
    while (done < n) {
        ssize_t got = read(fd, (char *)to + done, n - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

int mpq_put(mpq_t *q, const void *msg, uint32_t len)
{
    if (len == 0) {
        errno = EINVAL;
        return -1;
    }
    pthread_mutex_lock(q->lock);
    struct iovec v[2] = {{&len, sizeof len}, {(void *)msg, len}};
    ssize_t k;
    while ((k = writev(q->to, v, 2)) < 0 && errno == EINTR)
        ;
    int r = k < 0 ? -1 : 0;
    if (r == 0 && k < (ssize_t)sizeof len)
        r = write_all(q->to, (char *)&len + k, sizeof len - (size_t)k), k = sizeof len;
    if (r == 0)
        r = write_all(q->to, (const char *)msg + (k - (ssize_t)sizeof len), len - (size_t)(k - (ssize_t)sizeof len));
    pthread_mutex_unlock(q->lock);
    return r;
}

static ssize_t refuse(int error)
{
    errno = error;
    return -1;
}

/* Throws n bytes away. False: the end came first. */
static int skip(int fd, size_t n)
{
    char waste[256];
    while (n > 0) {
        size_t some = n < sizeof waste ? n : sizeof waste;
        if (read_all(fd, waste, some) != (ssize_t)some)
            return 0;
        n -= some;
    }
    return 1;
}

ssize_t mpq_get(mpq_t *q, void *msg, size_t cap)
{
    uint32_t len;
    ssize_t got = read_all(q->from, &len, sizeof len);
    if (got <= 0)
        return got;
    if (got < (ssize_t)sizeof len)
        return refuse(EBADMSG);
    if (len > cap)
        return refuse(skip(q->from, len) ? EMSGSIZE : EBADMSG);
    got = read_all(q->from, msg, len);
    return got == (ssize_t)len ? got : refuse(EBADMSG);
}

static void close_end(mpq_t *q, int *end)
{
    close(*end);
    *end = -1;
    if (q->from < 0 && q->to < 0)
        munmap(q->lock, sizeof *q->lock);
}

void mpq_close_reader(mpq_t *q) { close_end(q, &q->from); }

void mpq_close_writer(mpq_t *q) { close_end(q, &q->to); }
