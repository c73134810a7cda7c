/* hello-queue: a child has a note for its parent. It goes through a pipe, or through a message queue of the system, or
 * through a pipe with its length in front, and then what travels is shown byte by byte.
 *
 *   -m   through a message queue
 *   -x   through a pipe, with its length, and show the bytes
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lab/lab.h>

static void need(bool ok)
{
    if (ok)
        return;
    perror("hello-queue");
    exit(2);
}

static void cook(void)
{
    lab_name("worker");
    lab_brew(1000);
}

/* region: pipe */
static void worker(int to) //= 1
{
    cook();
    (void)!write(to, "chai is ready", 13); //= 2
    _exit(0);
}

static void by_pipe(void)
{
    char text[64];
    int notes[2];
    need(pipe(notes) == 0); //= 3
    if (fork() == 0) //= 4
        worker(notes[1]);
    ssize_t n = read(notes[0], text, sizeof text); //= 5
    printf("%.*s\n", (int)n, text);
    wait(NULL); //= 6
}
/* endregion */

/* region: mq */
static void by_queue(void)
{
    struct mq_attr size = {.mq_maxmsg = 10, .mq_msgsize = 64};
    char text[64];
    int how = O_CREAT | O_EXCL | O_RDWR;
    mqd_t notes = mq_open("/chai", how, 0600, &size);
    need(notes != (mqd_t)-1);
    mq_unlink("/chai"); /* only the name is gone */
    if (fork() == 0) {
        cook();
        _exit(mq_send(notes, "chai is ready", 13, 0) != 0);
    }
    /* one whole message */
    ssize_t n = mq_receive(notes, text, sizeof text, NULL);
    printf("%.*s\n", (int)n, text);
    wait(NULL);
    mq_close(notes);
}
/* endregion */

static void show_bytes(const unsigned char *b, size_t n)
{
    char line[80] = "";
    for (size_t i = 0; i < n; i++)
        snprintf(line + 3 * i, 4, "%02x ", b[i]);
    printf("%s\n", line);
}

static void by_framed_pipe(void)
{
    int notes[2];
    unsigned char bytes[64];
    need(pipe(notes) == 0);
    if (fork() == 0) {
        lab_name("worker");
        uint32_t n = 13;
        memcpy(bytes, &n, sizeof n);
        memcpy(bytes + sizeof n, "chai is ready", n);
        _exit(write(notes[1], bytes, sizeof n + n) < 0);
    }
    wait(NULL); /* 17 bytes always fit into the pipe */
    ssize_t n = read(notes[0], bytes, sizeof bytes);
    printf("%zd bytes:\n", n);
    show_bytes(bytes, n > 0 ? (size_t)n : 0);
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    int how = getopt(argc, argv, "mx");
    if (how == 'm')
        by_queue();
    else if (how == 'x')
        by_framed_pipe();
    else if (how == -1)
        by_pipe();
    return how == '?' ? 2 : 0;
}
