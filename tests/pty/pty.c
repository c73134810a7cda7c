/* pty: see pty.h. */
#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#define PATIENCE_MS 20000

struct pty {
    int fd, rows, cols;
    pid_t pid;
    bool ended;
    int status;
    VTerm *vt;
    VTermScreen *screen;
    char *text;
    size_t text_cap;
};

static char home[64];

const char *pty_home(void)
{
    if (!home[0]) {
        snprintf(home, sizeof home, "/tmp/tm-pty-XXXXXX");
        if (!mkdtemp(home))
            abort();
    }
    return home;
}

static void answer(const char *bytes, size_t n, void *user)
{
    struct pty *p = user;
    ssize_t done = write(p->fd, bytes, n);
    (void)done;
}

static void child(const char *const *argv, const char *const *env)
{
    clearenv();
    setenv("HOME", pty_home(), 1);
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LANG", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    for (; env && *env; env++) {
        char *copy = strdup(*env), *eq = strchr(copy, '=');
        if (eq) {
            *eq = '\0';
            setenv(copy, eq + 1, 1);
        } else {
            unsetenv(copy);
        }
    }
    if (chdir(pty_home()) == 0)
        execv(argv[0], (char *const *)argv);
    _exit(126);
}

struct pty *pty_start(int rows, int cols, const char *const *argv, const char *const *env)
{
    struct pty *p = calloc(1, sizeof *p);
    struct winsize w = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    pty_home();
    p->rows = rows;
    p->cols = cols;
    p->vt = vterm_new(rows, cols);
    vterm_set_utf8(p->vt, 1);
    p->screen = vterm_obtain_screen(p->vt);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
    vterm_output_set_callback(p->vt, answer, p);
    p->pid = forkpty(&p->fd, NULL, NULL, &w);
    if (p->pid == 0)
        child(argv, env);
    return p;
}

static void look_at_child(struct pty *p)
{
    if (!p->ended && waitpid(p->pid, &p->status, WNOHANG) == p->pid)
        p->ended = true;
}

bool pty_ended(struct pty *p)
{
    look_at_child(p);
    return p->ended;
}

void pty_free(struct pty *p)
{
    look_at_child(p);
    if (!p->ended) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->status, 0);
    }
    if (p->fd >= 0)
        close(p->fd);
    vterm_free(p->vt);
    free(p->text);
    free(p);
}

pid_t pty_pid(const struct pty *p) { return p->pid; }

void pty_fail(struct pty *p, const char *why, const char *what)
{
    fprintf(stderr, "pty: %s: '%s'; the screen is\n%s", why, what, pty_screen(p));
    pty_free(p);
    abort();
}

/* How much is taken in at a time. With a few bytes (PTY_PIECE=17) a test meets every half-drawn frame,
 * as it otherwise does on a busy machine only. */
static size_t piece(size_t most)
{
    const char *set = getenv("PTY_PIECE");
    unsigned long n = set ? strtoul(set, NULL, 10) : 0;

    return n > 0 && n < most ? n : most;
}

/* Takes in what is there, waiting at most `ms`. Bytes, 0 when nothing came, -1 at the end. */
static long take(struct pty *p, int ms)
{
    struct pollfd poll_fd = {.fd = p->fd, .events = POLLIN};
    char bytes[65536];

    if (p->fd < 0 || poll(&poll_fd, 1, ms) <= 0)
        return p->fd < 0 ? -1 : 0;
    ssize_t n = read(p->fd, bytes, piece(sizeof bytes));
    if (n <= 0)
        return -1;
    vterm_input_write(p->vt, bytes, (size_t)n);
    vterm_screen_flush_damage(p->screen);
    return n;
}

void pty_send(struct pty *p, const char *bytes)
{
    for (size_t n = strlen(bytes), at = 0; at < n;) {
        ssize_t done = write(p->fd, bytes + at, n - at);
        if (done <= 0)
            return;
        at += (size_t)done;
        take(p, 0);
    }
}

void pty_resize(struct pty *p, int rows, int cols)
{
    struct winsize w = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    p->rows = rows;
    p->cols = cols;
    vterm_set_size(p->vt, rows, cols);
    ioctl(p->fd, TIOCSWINSZ, &w);
}

const char *pty_screen(struct pty *p)
{
    size_t need = (size_t)p->rows * (size_t)(p->cols * 8 + 1) + 1, at = 0;

    p->text = realloc(p->text, need);
    for (int row = 0; row < p->rows; row++) {
        VTermRect line = {.start_row = row, .end_row = row + 1, .start_col = 0, .end_col = p->cols};
        at += vterm_screen_get_text(p->screen, p->text + at, need - at - 2, line);
        while (at > 0 && p->text[at - 1] == ' ')
            at--;
        p->text[at++] = '\n';
    }
    p->text[at] = '\0';
    return p->text;
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void wait_for(struct pty *p, const char *text, bool there)
{
    long end = now_ms() + PATIENCE_MS;

    while ((strstr(pty_screen(p), text) != NULL) != there) {
        if (take(p, 100) < 0)
            pty_fail(p, there ? "it ended and never showed" : "it ended and still showed", text);
        if (now_ms() > end)
            pty_fail(p, there ? "waited in vain for" : "waited in vain for the end of", text);
    }
}

bool pty_shows(struct pty *p, const char *text) { return strstr(pty_screen(p), text) != NULL; }

static int shown(struct pty *p, const char *const *texts)
{
    for (int i = 0; texts[i]; i++)
        if (pty_shows(p, texts[i]))
            return i;
    return -1;
}

int pty_wait_any(struct pty *p, const char *const *texts)
{
    long end = now_ms() + PATIENCE_MS;
    int found;

    while ((found = shown(p, texts)) < 0) {
        if (take(p, 100) < 0)
            pty_fail(p, "it ended and never showed any of", texts[0]);
        if (now_ms() > end)
            pty_fail(p, "waited in vain for any of", texts[0]);
    }
    return found;
}

void pty_wait_change(struct pty *p, const char *before)
{
    long end = now_ms() + PATIENCE_MS;

    while (strcmp(pty_screen(p), before) == 0) {
        if (take(p, 100) < 0)
            pty_fail(p, "it ended instead of", "another screen");
        if (now_ms() > end)
            pty_fail(p, "waited in vain for", "another screen");
    }
}

void pty_wait(struct pty *p, const char *text) { wait_for(p, text, true); }
void pty_wait_gone(struct pty *p, const char *text) { wait_for(p, text, false); }

int pty_wait_end(struct pty *p)
{
    long end = now_ms() + PATIENCE_MS;

    while (!p->ended) {
        if (take(p, 20) < 0) {
            struct timespec brief = {.tv_nsec = 1000000};
            nanosleep(&brief, NULL);
        }
        look_at_child(p);
        if (now_ms() > end)
            pty_fail(p, "waited in vain for", "the end of the program");
    }
    while (take(p, 0) > 0)
        ;
    return p->status;
}

long pty_drain(struct pty *p, int silent_ms)
{
    long all = 0, n;

    while ((n = take(p, silent_ms)) > 0)
        all += n;
    return all;
}

void pty_drain_dead(struct pty *p)
{
    while (take(p, 1000) > 0)
        ;
}

bool pty_coloured(struct pty *p)
{
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++) {
            VTermScreenCell cell;
            VTermPos at = {.row = row, .col = col};
            vterm_screen_get_cell(p->screen, at, &cell);
            if (cell.chars[0] && !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
                return true;
        }
    return false;
}

/* Where the text begins; false when it is not on the screen. Cells of more than one code point count
 * as one column in what pty_screen says, as on the screen. */
static bool find(struct pty *p, const char *text, VTermPos *out)
{
    size_t n = strlen(text);

    for (out->row = 0; out->row < p->rows; out->row++)
        for (out->col = 0; out->col + (int)n <= p->cols; out->col++) {
            size_t k = 0;
            VTermScreenCell cell;
            for (; k < n; k++) {
                VTermPos at = {.row = out->row, .col = out->col + (int)k};
                vterm_screen_get_cell(p->screen, at, &cell);
                if (cell.chars[0] != (unsigned char)text[k] && (cell.chars[0] || text[k] != ' '))
                    break;
            }
            if (k == n)
                return true;
        }
    return false;
}

static int colour_at(struct pty *p, VTermPos at)
{
    VTermScreenCell cell;

    vterm_screen_get_cell(p->screen, at, &cell);
    return VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)   ? -1
           : VTERM_COLOR_IS_INDEXED(&cell.fg) ? cell.fg.indexed.idx
                                              : 256;
}

void pty_wait_colour(struct pty *p, const char *text, int index)
{
    VTermPos at;

    while (!find(p, text, &at) || colour_at(p, at) != index)
        if (take(p, 20000) <= 0)
            pty_fail(p, "never had that colour", text);
}

void pty_click(struct pty *p, const char *text)
{
    VTermPos at;
    char bytes[64];

    if (!find(p, text, &at))
        pty_fail(p, "not there to be clicked", text);
    snprintf(bytes, sizeof bytes, "\033[<0;%d;%dM\033[<0;%d;%dm", at.col + 1, at.row + 1, at.col + 1,
             at.row + 1);
    pty_send(p, bytes);
}

void pty_close_master(struct pty *p)
{
    close(p->fd);
    p->fd = -1;
}

bool pty_is_cooked(struct pty *p)
{
    struct termios t;

    return tcgetattr(p->fd, &t) == 0 && (t.c_lflag & ICANON) && (t.c_lflag & ECHO);
}
