/* pty: the real binary on a pseudo terminal, its output through libvterm.
 *
 * Every wait is for something on the screen and ends the test when it does not come; nothing sleeps
 * for luck. HOME, TERM, LANG and TZ are pinned.
 */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <sys/types.h>

struct pty;
/* Starts `argv` (ended by NULL) at that size; `env` are further "NAME=value" or "NAME" (unset),
 * ended by NULL; may be NULL. The home folder is fresh for the test program and kept between
 * starts. */
struct pty *pty_start(int rows, int cols, const char *const *argv, const char *const *env);
/* Ends the test unless the child is gone already; frees. */
void pty_free(struct pty *p);

void pty_send(struct pty *p, const char *bytes);
void pty_resize(struct pty *p, int rows, int cols);
pid_t pty_pid(const struct pty *p);
/* Until the text is on the screen (or no longer). Fails the test with the screen after 20 s. */
void pty_wait(struct pty *p, const char *text);
void pty_wait_gone(struct pty *p, const char *text);
/* Until the screen is another one than `before`. */
void pty_wait_change(struct pty *p, const char *before);
/* Until one of these is on the screen; its index. The list ends with NULL. */
int pty_wait_any(struct pty *p, const char *const *texts);
bool pty_shows(struct pty *p, const char *text);
/* Has the child ended already? */
bool pty_ended(struct pty *p);
/* Fails the test with the screen. */
void pty_fail(struct pty *p, const char *why, const char *what);
/* Until the child ended; its wait status. */
int pty_wait_end(struct pty *p);
/* Takes in what comes until it has been silent for that long; returns bytes taken. */
long pty_drain(struct pty *p, int silent_ms);
/* Takes in all that was written before the child died; the child must be dead or dying. */
void pty_drain_dead(struct pty *p);
/* The screen now, lines without blanks at their ends; valid until the next call. */
const char *pty_screen(struct pty *p);
/* Is the cell's foreground a colour of its own? */
bool pty_coloured(struct pty *p);
/* Until the first character of the text has that foreground: an index, or -1 for the terminal's own.
 * The test's time limit ends it. */
void pty_wait_colour(struct pty *p, const char *text, int index);
/* Presses and lets go of the first button on the first character of the text. */
void pty_click(struct pty *p, const char *text);
/* Hangs up, as a closed window does. */
void pty_close_master(struct pty *p);
/* The terminal modes: is it as a shell left it (echo and lines)? */
bool pty_is_cooked(struct pty *p);
const char *pty_home(void);

#endif
