/* output: stdout as a process has it: what is printed waits in the process's memory until a line is full, until fflush, or
 * until exit. Where descriptor 1 was no terminal when the first thing was printed, it waits for a whole buffer; setvbuf
 * may say otherwise. fork copies it with all other memory; _exit, abort and signals lose it. stderr waits for nothing.
 */
#include "engine/kernel/kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER 4096 /* bytes that wait at most */

void stream_append(struct output_stream *s, const char *bytes, size_t n)
{
    while (s->len + n > s->cap) {
        s->cap = s->cap ? s->cap * 2 : BUFFER;
        s->pending = xrealloc(s->pending, s->cap);
    }
    if (n)
        memcpy(s->pending + s->len, bytes, n);
    s->len += n;
}

static const struct file *leads_to(int fd) { return mine()->fd_count > fd ? mine()->fds[fd].file : NULL; }
static bool is_terminal(const struct file *f) { return f && f->kind == &kind_standard; }

/* To where the descriptor leads; nowhere if it was closed. */
static void put_out(int fd, const char *bytes, size_t n, uint64_t pc)
{
    if (is_terminal(leads_to(fd)))
        output_write(bytes, n, pc);
    else if (leads_to(fd))
        io_write(fd, bytes, n, pc);
}

/* The first n bytes; others may print, and flush, while a pipe is written to. */
static void flush_some(size_t n, uint64_t pc)
{
    struct output_stream *s = &mine()->out;
    char small[512], *bytes = n <= sizeof small ? small : xmalloc(n);
    memcpy(bytes, s->pending, n);
    s->len -= n;
    memmove(s->pending, s->pending + n, s->len);
    put_out(1, bytes, n, pc);
    if (bytes != small)
        free(bytes);
}

static size_t due(const struct output_stream *s)
{
    if (s->mode == _IONBF + 1 || s->len > BUFFER)
        return s->len;
    size_t n = s->mode == _IOFBF + 1 ? 0 : s->len;
    while (n && s->pending[n - 1] != '\n')
        n--;
    return n;
}

void output_print(FILE *f, const char *bytes, size_t n, uint64_t pc)
{
    struct output_stream *s = &mine()->out;
    if (f == stderr) {
        put_out(2, bytes, n, pc);
        return;
    }
    if (engine.run.output_total + s->len + n > OUTPUT_LIMIT)
        fail(.reason = REASON_TOO_MUCH_OUTPUT, .value = OUTPUT_LIMIT, .pc = pc);
    if (!s->mode)
        s->mode = (is_terminal(leads_to(1)) ? _IOLBF : _IOFBF) + 1;
    stream_append(s, bytes, n);
    if (due(s))
        flush_some(due(s), pc);
}

void streams_flush(uint64_t pc)
{
    if (mine()->out.len)
        flush_some(mine()->out.len, pc);
}

void output_mode(int mode, uint64_t pc)
{
    streams_flush(pc);
    mine()->out.mode = mode + 1;
}

/* What is on its way, for those who look at a run that did not come to its end. */
void output_pending(struct strbuf *b)
{
    for (int i = 0; i < process_count; i++)
        if (processes[i].state == PROCESS_RUNS)
            strbuf_add(b, processes[i].out.pending, processes[i].out.len);
}

/* ---- exit ---------------------------------------------------------------------------------------- */

bool process_atexit(void (*fn)(void))
{
    struct process *p = mine();
    if (p->exit_count == 32)
        return false;
    p->exit_fns[p->exit_count++] = fn;
    return true;
}

bool process_atquick(void (*fn)(void))
{
    struct process *p = mine();
    if (p->quick_count == 32)
        return false;
    p->quick_fns[p->quick_count++] = fn;
    return true;
}

void (*process_quick_next(void))(void)
{
    struct process *p = mine();
    return p->quick_count ? p->quick_fns[--p->quick_count] : NULL;
}

void process_exit_now(void) { mine()->exiting = true; }

void process_run_atexit(uint64_t pc)
{
    if (mine()->exiting)
        return;
    mine()->exiting = true;
    while (mine()->exit_count)
        mine()->exit_fns[--mine()->exit_count]();
    streams_flush(pc);
}

/* Of the first process: those that have others are not digested. */
void process_digest(struct digest *d)
{
    const struct process *p = &processes[0];
    digest_word(d, (uint64_t)p->exiting << 32 | (uint64_t)p->out.mode << 16 | (uint64_t)p->exit_count);
    digest_bytes(d, p->exit_fns, (size_t)p->exit_count * sizeof *p->exit_fns);
    digest_bytes(d, p->quick_fns, (size_t)p->quick_count * sizeof *p->quick_fns);
    if (engine.set.output_points)
        digest_bytes(d, p->out.pending, p->out.len);
}
