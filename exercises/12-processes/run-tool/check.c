/* check.c - does the program get what it should have and no more, is it told how it ended, and is the fork safe while other
 * threads are busy? */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lab/check.h>

#include "run-tool.h"

static pid_t me;
static int paper[2]; /* the tool's output: from, to */

/* `flags` are those of the end that is written to. */
static void begin(int flags)
{
    me = getpid();
    lab_no_polling();
    lab_exec_clean();
    lab_strict_fork();
    lab_check(pipe2(paper, O_CLOEXEC) == 0, "there was no pipe");
    fcntl(paper[1], F_SETFD, flags);
}

static void check_run(char *const argv[], int fd, int expected)
{
    int code = run_tool(argv, fd);
    lab_check(getpid() == me, "M36 if exec never came back: "
              "a child came back from run_tool, too: where exec has failed, the child has to end");
    lab_check(code == expected, "run_tool should return %d, it returned %d", expected, code);
    lab_no_children_left();
}

static void check_paper(const char *expected)
{
    char text[64];
    ssize_t n = 0, got;
    close(paper[1]);
    while (n + 1 < (ssize_t)sizeof text && (got = read(paper[0], text + n, sizeof text - 1 - (size_t)n)) > 0)
        n += got;
    text[n] = '\0';
    close(paper[0]);
    lab_check(strcmp(text, expected) == 0, "into log_fd should go \"%s\", and it was \"%s\"", expected, text);
    lab_no_descriptors_left();
}

/* ---- one thread ---------------------------------------------------------------------- */

static char *const say_tea[] = {"/bin/echo", "tea", NULL};
static char *const complain[] = {"/bin/sh", "-c", "echo burnt >&2", NULL};
static char *const nothing[] = {"/bin/true", NULL};
static char *const no_such[] = {"/bin/no-such-tool", NULL};

SCENARIO(prints, "a program that prints", "M08", "12.5")
{
    begin(0); /* not close-on-exec */
    check_run(say_tea, paper[1], 0);
    lab_check(!log_has("no such program"), "there is such a program, and the log says that there is none");
    check_paper("tea\n");
}

SCENARIO(complains, "a program that prints to stderr",
         "M08 if who redirects the output redirected the errors, too", "12.5")
{
    begin(FD_CLOEXEC);
    check_run(complain, paper[1], 0);
    check_paper("burnt\n");
}

static char *const copies[] = {"/bin/cat", NULL};

/* What the program reads from 0 is the caller's; the log has a high number. */
SCENARIO(reads, "a program that reads, and a log_fd above 10", "M08 if no program read anything", "12.5")
{
    int in[2], keyboard = fcntl(0, F_DUPFD_CLOEXEC, 3);
    begin(FD_CLOEXEC);
    int high = fcntl(paper[1], F_DUPFD, 11);
    lab_check(pipe2(in, O_CLOEXEC) == 0 && write(in[1], "milk\n", 5) == 5 && dup2(in[0], 0) == 0 && high > 10,
              "there was no pipe for stdin");
    close(in[1]);
    int code = run_tool(copies, high);
    lab_check(code == 0, "the program was to read from descriptor 0, and could not: run_tool returned %d", code);
    lab_no_children_left();
    close(in[0]);
    close(high);
    dup2(keyboard, 0);
    close(keyboard);
    check_paper("milk\n");
}

SCENARIO(exit_code, "a program that ends with 3", "M08", "12.5")
{
    static char *const three[] = {"/bin/sh", "-c", "exit 3", NULL};
    begin(FD_CLOEXEC);
    check_run(three, paper[1], 3);
    check_paper("");
}

SCENARIO(killed, "a program that is killed", "M36 if every program ended with an exit code", "12.5")
{
    static char *const suicide[] = {"/bin/sh", "-c", "kill -9 $$", NULL};
    begin(FD_CLOEXEC);
    check_run(suicide, paper[1], 128 + SIGKILL);
    check_paper("");
}

SCENARIO(no_such_tool, "there is no such program", "M36", "12.5")
{
    begin(FD_CLOEXEC);
    check_run(no_such, paper[1], 127);
    lab_check(log_has("no such program"), "the log should say \"no such program\", in this process");
    check_paper("");
}

SCENARIO(half_a_line, "there is no such program, and half a line is not yet written",
         "M38 if what stdio has not written yet belonged to the parent alone", "12.5")
{
    char text[64];
    int ends[2], screen = fcntl(1, F_DUPFD_CLOEXEC, 3);
    begin(FD_CLOEXEC);
    lab_check(pipe2(ends, O_CLOEXEC) == 0 && dup2(ends[1], 1) == 1, "there was no pipe for stdout");
    printf("half a line");
    check_run(no_such, paper[1], 127);
    fflush(stdout);
    dup2(screen, 1);
    close(screen);
    close(ends[1]);
    ssize_t n = read(ends[0], text, sizeof text - 1);
    text[n > 0 ? n : 0] = '\0';
    close(ends[0]);
    lab_check(strcmp(text, "half a line") == 0, "\"half a line\" was printed once, and this came out: \"%s\"", text);
    check_paper("");
}

SCENARIO(on_the_screen, "log_fd is 1", "M08", "12.5")
{
    begin(FD_CLOEXEC);
    int code = run_tool(say_tea, 1);
    lab_check(code == 0, "M08 if a descriptor that was copied were another one: "
              "log_fd is 1, the program's stdout: it has to stay open there. run_tool returned %d", code);
    lab_no_children_left();
    check_paper("");
}

SCENARIO(on_stderr, "log_fd is 2", "M08", "12.5")
{
    begin(FD_CLOEXEC);
    int code = run_tool(complain, 2);
    lab_check(code == 0, "M08 if a descriptor that was copied were another one: "
              "log_fd is 2, the program's stderr: it has to stay open there. run_tool returned %d", code);
    lab_no_children_left();
    check_paper("");
}

SCENARIO(no_child, "no child can be started", "M36", "12.1")
{
    begin(FD_CLOEXEC);
    lab_fail_fork(0);
    check_run(nothing, paper[1], -1);
    check_paper("");
}

SCENARIO(interrupted, "waiting is interrupted", "M40", "12.5")
{
    begin(FD_CLOEXEC);
    lab_interrupts(2);
    check_run(nothing, 1, 0);
}

/* ---- others are busy ----------------------------------------------------------------- */

static void *logs(void *arg)
{
    log_line("tea is ready");
    return arg;
}

SCENARIO(others_log, "another thread writes into the log", "M08", "12.6")
{
    begin(FD_CLOEXEC);
    lab_go(logs, NULL);
    check_run(no_such, paper[1], 127);
    lab_join_all();
    lab_check(log_has("tea is ready"), "the other thread's line is missing in the log");
    check_paper("");
}

static void *prints_too(void *arg)
{
    for (int i = 0; i < 2; i++)
        lab_check(write(1, "one tea\n", 8) == 8, "the screen takes no eight bytes");
    return arg;
}

SCENARIO(others_print, "another thread prints", "M38 if descriptors belonged to a thread", "12.5")
{
    begin(FD_CLOEXEC);
    lab_go(prints_too, NULL);
    check_run(nothing, paper[1], 0);
    lab_join_all();
    check_paper("");
}

static void *allocates(void *arg)
{
    free(malloc(10));
    lab_brew(100);
    free(malloc(10));
    return arg;
}

SCENARIO(others_allocate, "another thread uses malloc", "M08", "12.5")
{
    begin(FD_CLOEXEC);
    lab_go(allocates, NULL);
    check_run(say_tea, paper[1], 0);
    lab_join_all();
    check_paper("tea\n");
}

static int code[2];

static void *runs(void *which)
{
    static char *const three[] = {"/bin/sh", "-c", "exit 3", NULL}, *const four[] = {"/bin/sh", "-c", "exit 4", NULL};
    long i = (long)which;
    code[i] = run_tool(i ? four : three, 1);
    return NULL;
}

SCENARIO(two_at_once, "two threads run a tool at the same time", "M08", "12.1")
{
    me = getpid();
    lab_strict_fork();
    lab_go(runs, (void *)0L);
    lab_go(runs, (void *)1L);
    lab_join_all();
    lab_check(code[0] == 3 && code[1] == 4, "M08 if wait knew which child is meant: "
              "one tool ends with 3, the other with 4; the two calls returned %d and %d", code[0],
              code[1]);
    lab_no_children_left();
}
