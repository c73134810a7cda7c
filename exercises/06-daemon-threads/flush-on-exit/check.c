/* check.c - the disk, and: was every line written, once, in order, in time? */
#include <string.h>

#include <lab/check.h>

#include "flush-on-exit.h"

enum { MOST = 6 };

static const char *written[MOST]; /* by the writer alone, read after log_close */
static long written_at[MOST];
static int count;

void write_line(const char *line)
{
    lab_check(count < MOST, "more lines were written than accepted");
    if (lab_ideal_clock())
        written_at[count] = lab_now_ms();
    lab_brew(10);
    written[count++] = line;
}

static void begin(void)
{
    count = 0;
    log_open();
}

static void check_ended(void)
{
    lab_check(lab_threads_running() == 0, "M24: log_close has returned, and the writer is still at work");
}

/* The lines that main alone has logged must be there, in this order. */
static void check_lines(const char *const *line, int n)
{
    check_ended();
    lab_check(count == n, "M25 if a thread that is told to end did its work first: "
              "log_close has returned, and %d of %d lines %s written", count, n, n == 1 ? "was" : "were");
    for (int i = 0; i < n; i++)
        lab_check(strcmp(written[i], line[i]) == 0, "line %d should be \"%s\", it is \"%s\"", i + 1, line[i], written[i]);
}

SCENARIO(one_line, "a line, and the end", "M24, M25", "06.6")
{
    static const char *const lines[] = {"opened"};
    begin();
    log_line("opened");
    log_close();
    check_lines(lines, 1);
}

SCENARIO(three_lines, "three lines at once, and the end", "M25, M27", "06.6")
{
    static const char *const lines[] = {"opened", "two cups", "closed"};
    begin();
    for (int i = 0; i < 3; i++)
        log_line(lines[i]);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 0,
                "M18: log_line was called at t = 0 ms, while another line was being written, and returned at t = %ld ms",
                lab_now_ms());
    log_close();
    check_lines(lines, 3);
}

SCENARIO(idle, "a line while the writer sleeps", "M27", "06.6")
{
    static const char *const lines[] = {"a cup", "another cup"};
    begin();
    lab_brew(1000);
    log_line("a cup");
    lab_brew(1000);
    log_line("another cup");
    lab_brew(1000);
    log_close();
    check_lines(lines, 2);
    for (int i = 0; i < 2 && lab_ideal_clock(); i++)
        lab_require("late", written_at[i] == 1000 * (i + 1), "%s\"%s\" was logged at t = %d ms and written at t = %ld ms",
                    written_at[i] < 1000 * (i + 2) ? "M07 if a short nap were as good as being told: "
                                                   : "M08 if who waits saw a change by itself: ",
                    lines[i], 1000 * (i + 1), written_at[i]);
}

SCENARIO(no_line, "opened and closed", "M27", "06.6")
{
    begin();
    log_close();
    check_lines(NULL, 0);
}

SCENARIO(closed_twice, "closed twice, and opened again", "M24", "06.6")
{
    static const char *const lines[] = {"the next day"};
    begin();
    log_close();
    log_close();
    begin();
    log_line("the next day");
    log_close();
    check_lines(lines, 1);
}

static void *log_one(void *line)
{
    log_line(line);
    return NULL;
}

SCENARIO(two_loggers, "two threads log at the same time", "M09", "06.6")
{
    begin();
    lab_go(log_one, "masala");
    log_line("ginger");
    lab_join_all();
    log_close();
    check_ended();
    lab_check(count == 2, "log_close has returned, and %d of 2 lines were written", count);
    lab_check(strcmp(written[0], written[1]) != 0, "\"%s\" was written twice", written[0]);
}
