/* shell: as much of `sh -c` as tests of starting programs need: commands one after the other, separated by ';', of
 * plain words and quoted ones. exit and kill are its own; the rest are the other tools. $$ is its own number, >&2 sends
 * what a command prints to the standard error. All else of the shell's language is refused.
 */
#include "engine/kernel/tool.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void refuse(uint64_t pc) __attribute__((noreturn));
static void refuse(uint64_t pc)
{
    fail(.reason = REASON_CALL_REFUSED, .pc = pc,
         .detail = "the lab's sh knows sh -c with commands of plain or quoted words, ';', $$ and >&2, and no more of the "
                   "shell's language");
}

/* ---- reading ----------------------------------------------------------------------------------- */

static bool is_plain(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || (c && strchr("-_./:,+%@", c)); }
static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* What is between quotes, which mean nothing to one another; nothing in it may mean anything. */
static const char *quoted(const char *at, char *word, size_t *n, uint64_t pc)
{
    char quote = *at++;
    for (; *at != quote; at++) {
        if (!*at || (quote == '"' && strchr("$`\\", *at)))
            refuse(pc);
        word[(*n)++] = *at;
    }
    return at + 1;
}

/* The next word, and what follows it. word has room for all of the text, and a number. */
static const char *read_word(const char *at, char *word, size_t *n, uint64_t pc)
{
    *n = 0;
    while (*at && !is_space(*at) && *at != ';') {
        if (*at == '\'' || *at == '"') {
            at = quoted(at, word, n, pc);
        } else if (at[0] == '$' && at[1] == '$' && !*n) {
            *n = (size_t)sprintf(word, "%d", (int)process_pid());
            at += 2;
        } else if (is_plain(*at)) {
            word[(*n)++] = *at++;
        } else {
            refuse(pc);
        }
    }
    return at;
}

/* Up to ';' or the end. */
static const char *read_command(const char *at, struct call *c, int out, uint64_t pc)
{
    char word[TOOL_TEXT + 16];
    size_t n;
    c->count = 0;
    c->used = 0;
    c->pc = pc;
    c->out = out;
    for (;;) {
        while (is_space(*at))
            at++;
        if (!*at || *at == ';')
            return at;
        if (strncmp(at, ">&2", 3) == 0 && (!at[3] || is_space(at[3]) || at[3] == ';')) {
            c->out = 2;
            at += 3;
            continue;
        }
        at = read_word(at, word, &n, pc);
        if (!tool_word(c, word, n))
            refuse(pc);
    }
}

/* ---- doing ------------------------------------------------------------------------------------- */

static int signal_named(const char *name)
{
    static const struct { const char *name; int sig; } names[] = {
        {"HUP", SIGHUP}, {"INT", SIGINT}, {"QUIT", SIGQUIT}, {"ABRT", SIGABRT}, {"KILL", SIGKILL}, {"SEGV", SIGSEGV},
        {"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2},
    };
    if (isdigit((unsigned char)*name))
        return atoi(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].sig;
    return -1;
}

/* kill [-SIGNAL] $$ */
static int run_kill(const struct call *c)
{
    bool option = c->count == 3 && c->words[1][0] == '-';
    int sig = option ? signal_named(c->words[1] + 1) : SIGTERM;
    if (c->count != 2 + option || sig < 0 || sig > 64 || atoi(c->words[1 + option]) != (int)process_pid())
        refuse(c->pc);
    process_signal(me()->process, sig, c->pc);
    return 0;
}

static int run_found(struct call *c)
{
    const struct tool *tool = tool_find(c->words[0]);
    if (tool)
        return tool_run(tool, c);
    char line[512];
    int n = snprintf(line, sizeof line, "sh: %.300s: not found\n", c->words[0]);
    tool_put(2, line, (size_t)n, c->pc);
    return 127;
}

int shell_run(struct call *c)
{
    struct call command;
    int status = 0;
    if (c->count < 3 || strcmp(c->words[1], "-c") != 0)
        refuse(c->pc);
    for (const char *at = c->words[2];; at++) {
        at = read_command(at, &command, c->out, c->pc);
        bool any = command.count > 0;
        if (any && strcmp(command.words[0], "exit") == 0)
            return command.count > 1 ? atoi(command.words[1]) : status;
        if (any)
            status = strcmp(command.words[0], "kill") == 0 ? run_kill(&command) : run_found(&command);
        if (!*at)
            return status;
    }
}
