/* terminal: see terminal.h. Each question opens the description and closes it again. */
#include "screen/terminal.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

static bool type_known(const char *name)
{
    int found;
    bool known = setupterm(name, STDOUT_FILENO, &found) == OK;

    if (known)
        del_curterm(cur_term);
    return known;
}

const char *terminal_type(void)
{
    static const struct {
        const char *begins, *like;
    } families[] = {
        {"xterm", "xterm-256color"},     {"kitty", "xterm-256color"},
        {"alacritty", "xterm-256color"}, {"foot", "xterm-256color"},
        {"st-", "xterm-256color"},       {"wezterm", "xterm-256color"},
        {"contour", "xterm-256color"},   {"ghostty", "xterm-256color"},
        {"vte", "xterm-256color"},       {"gnome", "xterm-256color"},
        {"konsole", "xterm-256color"},   {"mintty", "xterm-256color"},
        {"rxvt", "xterm-256color"},      {"tmux", "screen-256color"},
        {"screen", "screen-256color"},
    };
    const char *name = getenv("TERM");

    for (size_t i = 0; name && !type_known(name) && i < sizeof families / sizeof *families; i++)
        if (strncmp(name, families[i].begins, strlen(families[i].begins)) == 0 &&
            type_known(families[i].like))
            return families[i].like;
    return name;
}

bool terminal_can(struct err *e)
{
    const char *name = terminal_type();
    int found;

    if (!name || !*name)
        return err_set(e, 0, "TERM is not set, so this terminal is not known; try TERM=xterm");
    if (setupterm(name, STDOUT_FILENO, &found) != OK)
        return err_set(e, 0, "the terminal type '%.100s' is not known here; try TERM=xterm", name);
    char *move = tigetstr("cup");
    bool can = move && move != (char *)-1;
    del_curterm(cur_term);
    return can ||
           err_set(e, 0, "a terminal of type '%s' cannot show screens; see 'threadmill --help'",
                   name);
}

void screen_examine(struct screen_facts *ret)
{
    const char *name = getenv("TERM");
    struct err e = {0};
    struct winsize w = {0};
    int found;

    *ret = (struct screen_facts){.terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO),
                                 .name = name ? name : "",
                                 .utf8 = screen_locale()};
    if (!ret->terminal)
        return;
    if (!terminal_can(&e))
        snprintf(ret->problem, sizeof ret->problem, "%.150s", e.msg);
    else if (setupterm(terminal_type(), STDOUT_FILENO, &found) == OK) {
        ret->colours = tigetnum("colors");
        del_curterm(cur_term);
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0) {
        ret->rows = w.ws_row;
        ret->cols = w.ws_col;
    }
}
