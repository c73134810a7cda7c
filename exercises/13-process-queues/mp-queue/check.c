/* check.c - does every message arrive once, whole and in order, whatever the pipe does; and does the end come? */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lab/check.h>

#include "mp-queue.h"

enum { LONG = 4200 }; /* more than a pipe keeps together */

static mpq_t q;
static char text[LONG + 100];

static void begin(void)
{
    q = (mpq_t){-1, -1, NULL};
    lab_check(mpq_open(&q) == 0, "mpq_open returned -1");
}

/* A process that only puts: n messages of len times the letter c. */
static pid_t writer(char c, int n, uint32_t len)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    mpq_close_reader(&q);
    for (int i = 0; i < n; i++) {
        memset(text, c, len);
        lab_check(mpq_put(&q, text, len) == 0, "mpq_put returned -1, and nothing was wrong");
    }
    mpq_close_writer(&q);
    _exit(0);
}

/* A process that puts one message, and leaves the rest to its end. */
static void just_put(char c, uint32_t len)
{
    if (fork() != 0)
        return;
    memset(text, c, len);
    lab_check(mpq_put(&q, text, len) == 0, "mpq_put returned -1, and nothing was wrong");
    _exit(0);
}

static void reap(void)
{
    int status;
    for (;;) {
        pid_t child = wait(&status);
        if (child < 0 && errno == ECHILD)
            return;
        lab_check(child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 0, "the other process failed");
    }
}

/* The first byte that is not like the one before. */
static int seam(void)
{
    int i = 1;
    while (text[i] == text[i - 1])
        i++;
    return i;
}

static void check_whole(ssize_t got, uint32_t len)
{
    lab_check(got == (ssize_t)len, "a message of %u bytes was put, mpq_get returned %zd", len, got);
    lab_check(text[0] == 'a' || text[0] == 'b', "M16 if nobody came between the length and the bytes of a message: "
              "nobody put a message that begins with %d: it is a byte of some length",
              text[0]);
    lab_check(memcmp(text, text + 1, len - 1) == 0,
              "M16 if nobody came between the length and the bytes of a message: "
              "a message of only '%c' was put, and from byte %d on it is something else: bytes that belong to another one",
              text[0], seam());
}

static void get(char c, uint32_t len)
{
    check_whole(mpq_get(&q, text, sizeof text), len);
    lab_check(text[0] == c, "the message with '%c' should come now, there came one with '%c'", c, text[0]);
}

static void get_end(void)
{
    ssize_t got = mpq_get(&q, text, sizeof text);
    lab_check(got == 0, "nobody has the queue open for putting and it is empty, but mpq_get returned %zd, not 0", got);
}

static void finish(void)
{
    mpq_close_reader(&q);
    reap();
    lab_no_descriptors_left();
    lab_no_mappings_left();
}

SCENARIO(one_message, "one message, then the end", "M40", "13.3")
{
    begin();
    writer('a', 1, 10);
    mpq_close_writer(&q);
    get('a', 10);
    get_end();
    finish();
}

SCENARIO(in_pieces, "ten bytes come in two pieces, anywhere",
         "M39 if one read or write always moved the whole message", "13.5")
{
    begin();
    writer('a', 1, 10);
    mpq_close_writer(&q);
    lab_short_io(1);
    get('a', 10);
    get_end();
    finish();
}

SCENARIO(out_in_pieces, "ten bytes are written in two pieces, anywhere",
         "M39 if one read or write always moved the whole message", "13.5")
{
    begin();
    lab_short_io(1);
    writer('a', 1, 10);
    mpq_close_writer(&q);
    get('a', 10);
    get_end();
    finish();
}

SCENARIO(interrupted, "a signal comes in the middle", "M39 if a read that returns -1 had failed for good", "13.5")
{
    begin();
    lab_interrupts(1);
    writer('a', 2, 3);
    mpq_close_writer(&q);
    get('a', 3);
    get('a', 3);
    get_end();
    lab_interrupts(0);
    finish();
}

SCENARIO(pieces_and_a_signal, "a signal comes between two pieces", "M39", "13.5")
{
    begin();
    lab_check(mpq_put(&q, "aaa", 3) == 0, "mpq_put returned -1, and nothing was wrong");
    mpq_close_writer(&q);
    lab_short_io(1);
    lab_interrupts(1);
    get('a', 3);
    get_end();
    lab_interrupts(0);
    finish();
}

SCENARIO(put_in_pieces_and_a_signal, "a signal comes between two pieces of what is put", "M39", "13.5")
{
    begin();
    lab_short_io(1);
    lab_interrupts(1);
    lab_check(mpq_put(&q, "aaa", 3) == 0, "M39 if a write that returns -1 had failed for good: "
              "a signal came between two writes, and mpq_put returned -1");
    lab_interrupts(0);
    mpq_close_writer(&q);
    get('a', 3);
    get_end();
    finish();
}

/* Two messages may come in any order, but each of them whole. */
static void get_both(uint32_t len_a, uint32_t len_b)
{
    int seen = 0;
    for (int i = 0; i < 2; i++) {
        ssize_t got = mpq_get(&q, text, sizeof text);
        check_whole(got, text[0] == 'a' ? len_a : len_b);
        seen |= text[0] == 'a' ? 1 : 2;
    }
    lab_check(seen == 3, "both messages are from the same writer, and each has put one");
}

SCENARIO(two_writers, "two processes put a message each", "M04", "13.5")
{
    begin();
    writer('a', 1, 3);
    lab_check(mpq_put(&q, "bbb", 3) == 0, "mpq_put returned -1, and nothing was wrong");
    mpq_close_writer(&q);
    get_both(3, 3);
    get_end();
    finish();
}

SCENARIO(long_messages, "two processes, and a message larger than the pipe", "M04", "13.5")
{
    lab_pipe_room(4096);
    begin();
    just_put('a', LONG);
    just_put('b', 3);
    get_both(LONG, 3);
    mpq_close_writer(&q);
    finish();
}

SCENARIO(too_long, "there is no room for a message where it should go",
         "M39 if every message fitted where it should go", "13.5")
{
    begin();
    writer('a', 1, 300);
    mpq_close_writer(&q);
    char *small = malloc(8);
    ssize_t got = mpq_get(&q, small, 8);
    lab_check(got == -1 && errno == EMSGSIZE, "300 bytes for a place of 8: mpq_get returned %zd, not -1 with EMSGSIZE", got);
    free(small);
    got = mpq_get(&q, text, sizeof text);
    lab_check(got == 0,
              "M39 if the next read began at the next message: "
              "after the one message, which was too long, mpq_get returned %zd, not 0: its bytes are still in the pipe", got);
    finish();
}

SCENARIO(after_too_long, "the message after one that was too long", "M39", "13.5")
{
    begin();
    memset(text, 'a', 20);
    lab_check(mpq_put(&q, text, 20) == 0 && mpq_put(&q, "bbb", 3) == 0, "mpq_put returned -1, and nothing was wrong");
    mpq_close_writer(&q);
    lab_short_io(1);
    lab_check(mpq_get(&q, text, 8) == -1 && errno == EMSGSIZE, "20 bytes for a place of 8 should give -1 with EMSGSIZE");
    get('b', 3);
    get_end();
    finish();
}

SCENARIO(just_fits, "eight bytes for a place of eight", "M39 if a message ended with a byte of its own", "13.5")
{
    begin();
    lab_check(mpq_put(&q, "aaaaaaaa", 8) == 0, "mpq_put returned -1, and nothing was wrong");
    mpq_close_writer(&q);
    check_whole(mpq_get(&q, text, 8), 8);
    get_end();
    finish();
}

SCENARIO(half_a_length, "who put it died after the first two bytes of the length", "M40", "13.5")
{
    begin();
    lab_check(write(q.to, "\3", 2) == 2, "the pipe takes no two bytes");
    mpq_close_writer(&q);
    ssize_t got = mpq_get(&q, text, sizeof text);
    lab_check(got == -1 && errno == EBADMSG,
              "M40 if whoever puts something put it as a whole: "
              "of the four bytes of a length two came, and then the end: mpq_get returned %zd, not -1 with EBADMSG", got);
    finish();
}

SCENARIO(empty, "an empty message is not the end", "M40", "13.5")
{
    begin();
    lab_check(mpq_put(&q, "", 0) == -1 && errno == EINVAL, "M40 if zero bytes were a message like others: "
              "an empty message was accepted: for mpq_get it is like the end");
    lab_check(mpq_put(&q, "a", 1) == 0, "mpq_put returned -1, and nothing was wrong");
    mpq_close_writer(&q);
    get('a', 1);
    get_end();
    finish();
}

SCENARIO(nobody_gets, "nobody can get it any more", "M17", "13.5")
{
    begin();
    signal(SIGPIPE, SIG_IGN);
    mpq_close_reader(&q);
    for (int i = 0; i < 2; i++)
        lab_check(mpq_put(&q, "abc", 3) == -1 && errno == EPIPE, "nobody can get the message, and mpq_put did not say EPIPE");
    mpq_close_writer(&q);
    lab_no_descriptors_left();
    lab_no_mappings_left();
}

SCENARIO(killed, "the writer is killed, somewhere in between", "M40", "13.5")
{
    begin();
    lab_short_io(1);
    pid_t child = writer('a', 1, 10);
    mpq_close_writer(&q);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ssize_t got = mpq_get(&q, text, sizeof text);
    lab_possible("wrong", got == 0, "if the writer dies before it puts, mpq_get should return 0");
    lab_possible("wrong", got == 10, "a writer that is killed after it has put a message: the message should still come");
    lab_check(got == 0 || got == 10 || (got == -1 && errno == EBADMSG),
              "M40 if who dies had finished what it was doing: "
              "a writer died in the middle of its message, and mpq_get returned %zd, not -1 with EBADMSG", got);
    mpq_close_reader(&q);
    lab_no_descriptors_left();
}
