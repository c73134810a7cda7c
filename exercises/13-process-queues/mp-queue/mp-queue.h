/* mp-queue.h - a queue of messages between processes: a pipe, and a lock that all of them see.
 *
 * Open it before you fork. Then any number of processes may put, and one of them may get. Each process closes the
 * ends it does not use; who has closed both has given everything back.
 */
#ifndef MP_QUEUE_H
#define MP_QUEUE_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct {
    int from, to;          /* the ends of a pipe: read here, write there; -1: closed */
    pthread_mutex_t *lock; /* for those who put; it lies in memory that all processes see */
} mpq_t;

/* 0, or -1 with errno. */
int mpq_open(mpq_t *q);

/* Puts one message of len bytes into the queue; waits while there is no room. 0, or -1 with errno: EINVAL for an empty
 * message (0 from mpq_get means the end), EPIPE when nobody can get it any more and SIGPIPE is ignored. */
int mpq_put(mpq_t *q, const void *msg, uint32_t len);

/* Gets the oldest message, one that was put, whole; waits for it. Returns its length. 0: the end, the queue is empty and
 * nobody has it open for putting. -1 with errno EMSGSIZE: it has more than `cap` bytes; it is thrown away, the one after
 * it comes next. -1 with errno EBADMSG: whoever put it died in the middle of it. */
ssize_t mpq_get(mpq_t *q, void *msg, size_t cap);

/* This process will get nothing (any more); it will put nothing (any more). Each is called once. */
void mpq_close_reader(mpq_t *q);
void mpq_close_writer(mpq_t *q);

#endif
