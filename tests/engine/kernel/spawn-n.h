/* spawn-n: n children, their exit codes. WRONG 1: waits inside the loop; 2: the child uses exit. */
#include <lab/check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

static void take(pid_t pid, int *status)
{
    int s;
    while (waitpid(pid, &s, 0) < 0)
        ;
    *status = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
}

static int spawn_n(int n, int (*child)(int), int *status)
{
    pid_t pids[8];
    int started = 0;
    for (; started < n; started++) {
        pid_t pid = fork();
        if (pid < 0)
            break;
        if (pid == 0) {
            int code = child(started);
            if (WRONG == 2)
                exit(code);
            _exit(code);
        }
        pids[started] = pid;
        if (WRONG == 1)
            take(pid, &status[started]);
    }
    for (int i = 0; i < started && WRONG != 1; i++)
        take(pids[i], &status[i]);
    return started == n ? 0 : -1;
}

static int work(int i)
{
    struct timespec span = {0, 300000000};
    nanosleep(&span, NULL);
    if (i == 1)
        abort();
    return 40 + i;
}

SCENARIO(three, "three children of 0.3 s, one aborts", "M38", "12.7")
{
    int status[3];
    lab_check(spawn_n(3, work, status) == 0, "all were started");
    lab_check(status[0] == 40 && status[1] == 134 && status[2] == 42, "statuses %d, %d, %d", status[0], status[1],
              status[2]);
    lab_no_children_left();
    lab_always_within(300, "it took %ld ms, 300 would do", lab_now_ms());
}

SCENARIO(no_second, "the second fork fails", "M38", "12.7")
{
    int status[3];
    lab_fail_fork(1);
    lab_check(spawn_n(3, work, status) == -1, "that one child was missing was not told");
    lab_no_children_left();
}

static int ends[2];
static int say(int i)
{
    return i;
}

SCENARIO(pending, "output that waits appears once", "M38", "12.7")
{
    char text[64];
    int status[2];
    int screen = dup(1);
    lab_check(pipe(ends) == 0 && dup2(ends[1], 1) == 1, "a pipe for stdout");
    printf("tea ");
    spawn_n(2, say, status);
    fflush(stdout);
    dup2(screen, 1);
    close(ends[1]);
    close(screen);
    ssize_t n = 0, got;
    while ((got = read(ends[0], text + n, sizeof text - (size_t)n)) > 0)
        n += got;
    close(ends[0]);
    lab_check(n == 4, "%zd bytes were written, not 4: output appears twice", n);
}
