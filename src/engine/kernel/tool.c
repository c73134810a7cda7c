/* tool: true, false, echo, sleep, cat; sh is shell.c. They behave as the real ones do, as far as they go; an option
 * they do not know is refused by name.
 */
#include "engine/kernel/tool.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sync/sync.h"

struct tool {
    const char *name;
    int (*run)(struct call *c);
};

bool tool_word(struct call *c, const char *word, size_t n)
{
    if (c->count == TOOL_WORDS || n >= sizeof c->text - c->used)
        return false;
    char *to = c->text + c->used;
    memcpy(to, word, n);
    to[n] = '\0';
    c->words[c->count++] = to;
    c->used += n + 1;
    return true;
}

/* The file behind a descriptor: a tool that uses a closed one gets EBADF, nothing worse. */
static struct file *open_file(int fd)
{
    const struct process *p = mine();
    return fd < p->fd_count ? p->fds[fd].file : NULL;
}

bool tool_put(int fd, const char *bytes, size_t n, uint64_t pc)
{
    const struct file *f = open_file(fd);
    return f && f->kind->write && io_write(fd, bytes, n, pc) == (ssize_t)n;
}

static void complain(struct call *c, const char *what, const char *about)
{
    char line[512];
    int n = snprintf(line, sizeof line, "%s: %s '%.300s'\n", c->words[0], what, about);
    tool_put(2, line, (size_t)n, c->pc);
}

static void refuse_option(const struct call *c, const char *option) __attribute__((noreturn));
static void refuse_option(const struct call *c, const char *option)
{
    char text[256];
    snprintf(text, sizeof text, "the lab's %s does not know the option %.100s", c->words[0], option);
    fail(.reason = REASON_CALL_REFUSED, .pc = c->pc, .detail = text);
}

/* ---- the tools ------------------------------------------------------------------------------ */

static int run_true(struct call *c)
{
    (void)c;
    return 0;
}

static int run_false(struct call *c)
{
    (void)c;
    return 1;
}

/* Its words with a space between, written at once. */
static int run_echo(struct call *c)
{
    char line[TOOL_TEXT + 1];
    size_t n = 0;
    int first = 1;
    for (; first < c->count && strcmp(c->words[first], "-n") == 0; first++)
        ;
    for (int i = first; i < c->count; i++) {
        size_t length = strlen(c->words[i]);
        if (i == first && c->words[i][0] == '-' && length > 1 && strspn(c->words[i] + 1, "neE") == length - 1)
            refuse_option(c, c->words[i]);
        if (i > first)
            line[n++] = ' ';
        memcpy(line + n, c->words[i], length);
        n += length;
    }
    if (first == 1)
        line[n++] = '\n';
    return n && !tool_put(c->out, line, n, c->pc);
}

/* A number of seconds, with a unit perhaps; below 0: it is none. */
static double seconds_of(const char *word)
{
    char *end;
    double n = strtod(word, &end);
    double unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : 1;
    if (*end && strchr("smhd", *end))
        end++;
    return end == word || *end || !(n >= 0) ? -1 : n * unit;
}

static int run_sleep(struct call *c)
{
    double total = 0;
    for (int i = 1; i < c->count; i++) {
        double n = seconds_of(c->words[i]);
        if (n < 0) {
            complain(c, "invalid time interval", c->words[i]);
            return 1;
        }
        total += n;
    }
    if (c->count == 1) {
        complain(c, "it needs", "NUMBER");
        return 1;
    }
    sleep_for(total < 1e9 ? (int64_t)llrint(total * 1e9) : INT64_C(1000000000000000000), c->pc);
    return 0;
}

static int copy_input(struct call *c)
{
    char bytes[ATOMIC_WRITE];
    ssize_t n;
    const struct file *f = open_file(0);
    if (!f || !f->kind->read || !open_file(c->out))
        return 1;
    while ((n = io_read(0, bytes, sizeof bytes, c->pc)) > 0)
        if (!tool_put(c->out, bytes, (size_t)n, c->pc))
            return 1;
    return n < 0;
}

static int run_cat(struct call *c)
{
    int status = c->count == 1 ? copy_input(c) : 0;
    for (int i = 1; i < c->count; i++) {
        if (strcmp(c->words[i], "-") == 0) {
            status |= copy_input(c);
            continue;
        }
        if (c->words[i][0] == '-')
            refuse_option(c, c->words[i]);
        complain(c, "there is no file", c->words[i]);
        status = 1;
    }
    return status;
}

static const struct tool tools[] = {
    {"true", run_true}, {"false", run_false}, {"echo", run_echo}, {"sleep", run_sleep}, {"cat", run_cat}, {"sh", shell_run},
};

const struct tool *tool_find(const char *name)
{
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
        if (strcmp(tools[i].name, name) == 0)
            return &tools[i];
    return NULL;
}

int tool_run(const struct tool *tool, struct call *c) { return tool->run(c); }
