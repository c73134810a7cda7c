/* The lab as a person meets it: on a terminal. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "pty.h"

static const char *const lab[] = {THREADMILL, "--course", COURSE, NULL};

static int fresh_home(void **state)
{
    char command[160];

    snprintf(command, sizeof command, "rm -rf %s/threadmill", pty_home());
    return system(command);
}

static int remove_home(void **state)
{
    char command[160];

    snprintf(command, sizeof command, "rm -rf %s", pty_home());
    return system(command);
}

static struct pty *start(int rows, int cols, const char *const *env)
{
    struct pty *p = pty_start(rows, cols, lab, env);

    pty_wait(p, "Welcome to Threadmill");
    pty_wait(p, "q quit"); /* the last of the frame */
    return p;
}

static void ends_well(struct pty *p)
{
    int status = pty_wait_end(p);

    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    pty_free(p);
}

static int mode_of_child(struct pty *p) { return pty_is_cooked(p); }

/* ---- opening and leaving --------------------------------------------------- */

static void opens_and_leaves_at(int rows, int cols)
{
    struct pty *p = start(rows, cols, NULL);
    pty_send(p, "\r");
    pty_wait(p, "01.1 One line, three steps");
    pty_send(p, "q");
    pty_wait(p, "exercises passed");
    pty_send(p, "q");
    ends_well(p);
}

static void opens_and_leaves_at_80x24(void **state) { opens_and_leaves_at(24, 80); }
static void opens_and_leaves_at_200x50(void **state) { opens_and_leaves_at(50, 200); }

static void remembers_where_one_was(void **state)
{
    struct pty *p = start(24, 80, NULL);
    pty_send(p, "\r\rn");
    pty_wait(p, "01.2 What can it print?");
    pty_send(p, "12\r");
    pty_wait(p, "Right.");
    pty_send(p, "Q");
    ends_well(p);
    p = pty_start(24, 80, lab, NULL);
    pty_wait(p, "next 01.3");
    pty_send(p, "q");
    ends_well(p);
}

/* ---- the terminal itself --------------------------------------------------- */

static void resize_storm(void **state)
{
    struct pty *p = start(24, 80, NULL);
    pty_send(p, "\r");
    pty_wait(p, "01.1");
    unsigned seed = 7;
    for (int i = 0; i < 300; i++) {
        seed = seed * 1103515245 + 12345;
        pty_resize(p, 1 + (int)(seed >> 16) % 70, 1 + (int)(seed >> 8) % 230);
        if (i % 7 == 0)
            pty_send(p, i % 2 ? "n" : "R");
    }
    pty_resize(p, 24, 80);
    pty_send(p, "qq\f");
    pty_wait_end(p);
    pty_free(p);
}

static void after_a_storm_the_screen_is_whole(void **state)
{
    struct pty *p = start(24, 80, NULL);
    for (int i = 1; i < 60; i++)
        pty_resize(p, i, 3 * i);
    pty_resize(p, 10, 40);
    pty_wait(p, "a little more room");
    pty_resize(p, 24, 80);
    pty_wait(p, "Enter begins with the first lesson");
    pty_wait(p, "q quit");
    pty_send(p, "q");
    ends_well(p);
}

static void any_keys_are_harmless(void **state)
{
    struct pty *p = start(24, 80, NULL);
    unsigned seed = 11;
    for (int i = 0; i < 2000; i++) {
        char bytes[8] = {0};
        seed = seed * 1103515245 + 12345;
        /* no q, Q, e, Ctrl-C or Ctrl-Z: they leave */
        static const char keys[] = "abcdfghijklmnoprstuvwxyz0123456789/?\r\r\r \t+-RGN\x7f\x0c..,:;<>=";
        unsigned k = (seed >> 16) % 100;
        if (k < sizeof keys - 1)
            bytes[0] = keys[k];
        else
            snprintf(bytes, sizeof bytes, "\033[%c", "ABCDHF<M>~"[k % 10]);
        pty_send(p, bytes);
        if (i % 100 == 0)
            pty_drain(p, 1);
    }
    pty_send(p, "\033[M !!\033[<0;5;5M\xff\xfe\xc3");
    assert_false(pty_ended(p));
    for (int i = 0; i < 20; i++)
        pty_send(p, "\x03");
    ends_well(p);
}

/* Arrows as a terminal sends them with and without application mode. */
static void both_kinds_of_arrows(void **state)
{
    (void)state;
    struct pty *p = start(24, 80, NULL);
    pty_send(p, "\r");
    pty_wait(p, "page 1 of 2");
    pty_send(p, "\033[C");
    pty_wait(p, "page 2 of 2");
    pty_send(p, "\033[D");
    pty_wait(p, "page 1 of 2");
    pty_send(p, "\033OC");
    pty_wait(p, "page 2 of 2");
    pty_send(p, "\033OD");
    pty_wait(p, "page 1 of 2");
    pty_send(p, "Q");
    ends_well(p);
}

/* Keys and answers that no description of a terminal lists: none of them is an Esc and then letters. */
static void unknown_sequences_are_no_keys(void **state)
{
    static const char *const sequences[] = {
        "\033[25~",    "\033[I",     "\033[97;5u",    "\033[27;5;97~",     "\033Oc",          "\033[10;20R",
        "\033[1;9Q",   "\033[M !!",  "\033[[Q",       "\033[?62;22c",      "\033P1+r\033\\", "\033]4;1;q\a",
        "\033[<35;9;9m", "\033_Gq\033\\", "\033]10;rgb:qq\033\\"};
    (void)state;
    struct pty *p = start(24, 80, NULL);
    pty_send(p, "\r");
    pty_wait(p, "page 1 of 2");
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        pty_send(p, sequences[i]);
        pty_send(p, "\033[C"); /* and what is typed next is a key again */
        pty_wait(p, "page 2 of 2");
        pty_send(p, "\033[D");
        pty_wait(p, "page 1 of 2");
    }
    pty_send(p, "Q");
    ends_well(p);
}

/* Each letter of it would be a command. Where one writes it is written. */
static void pasted_text_is_no_command(void **state)
{
    (void)state;
    struct pty *p = start(24, 80, NULL);
    pty_send(p, "\r");
    pty_wait(p, "page 1 of 2");
    pty_send(p, "\033[200~");
    for (int i = 0; i < 1000; i++)
        pty_send(p, "nxRq \rQ\n\t\033[B");
    pty_send(p, "\033[201~");
    pty_wait(p, "pasted text was left out");
    pty_wait(p, "page 1 of 2");
    pty_send(p, "\033[200~never ends\003");
    ends_well(p);
    p = pty_start(24, 80, lab, NULL);
    pty_wait(p, "exercises passed");
    pty_send(p, "/");
    pty_send(p, "\033[200~02.1\r\033[201~");
    pty_wait(p, "Only words");
    pty_wait(p, "search: 02.1");
    pty_send(p, "\033[200~");
    for (int i = 0; i < 2000; i++) /* more than it takes: no search for each letter */
        pty_send(p, " lock");
    pty_send(p, "\033[201~");
    pty_wait(p, "02.1 lock lock lock");
    pty_send(p, "\033");
    pty_wait_gone(p, "search:");
    pty_wait(p, "What do you believe?");
    pty_send(p, "/02.1");
    pty_wait(p, "search: 02.1");
    pty_send(p, "\033Q");
    pty_wait_end(p);
    pty_free(p);
}

static void the_terminal_comes_back(struct pty *p, int sig)
{
    assert_false(mode_of_child(p));
    if (sig)
        kill(pty_pid(p), sig);
    else
        pty_send(p, "Q");
    pty_wait_end(p);
    assert_true(mode_of_child(p));
    assert_null(strstr(pty_screen(p), "Welcome")); /* the other screen is back */
    pty_free(p);
}

static void quitting_restores_the_terminal(void **state)
{
    the_terminal_comes_back(start(24, 80, NULL), 0);
}
/* Whoever shares the terminal would find that reading it fails. */
static void the_terminal_stays_blocking(void **state)
{
    char path[64], line[64] = "";
    (void)state;
    struct pty *p = start(24, 80, NULL);
    snprintf(path, sizeof path, "/proc/%d/fdinfo/0", (int)pty_pid(p));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) && strncmp(line, "flags:", 6) != 0)
        ;
    fclose(f);
    assert_int_equal(strtol(line + 6, NULL, 8) & O_NONBLOCK, 0);
    pty_send(p, "q");
    ends_well(p);
}

static void sigterm_restores_the_terminal(void **state)
{
    the_terminal_comes_back(start(24, 80, NULL), SIGTERM);
}
static void sigquit_restores_the_terminal(void **state)
{
    the_terminal_comes_back(start(24, 80, NULL), SIGQUIT);
}
static void sighup_restores_the_terminal(void **state)
{
    the_terminal_comes_back(start(24, 80, NULL), SIGHUP);
}

static void sigterm_saves_the_progress(void **state)
{
    struct pty *p = start(24, 80, NULL);
    pty_send(p, "\rnn");
    pty_wait(p, "01.3 Lose an update");
    kill(pty_pid(p), SIGTERM);
    pty_wait_end(p);
    pty_free(p);
    p = pty_start(24, 80, lab, NULL);
    pty_wait(p, "next 01.3");
    pty_send(p, "q");
    ends_well(p);
}

static void a_closed_window_ends_it(void **state)
{
    struct pty *p = start(24, 80, NULL);
    pty_close_master(p);
    pty_wait_end(p);
    pty_free(p);
}

static void ctrl_z_stops_and_fg_comes_back(void **state)
{
    struct pty *p = start(24, 80, NULL);
    int status;
    pty_send(p, "\x1a");
    assert_int_equal(waitpid(pty_pid(p), &status, WUNTRACED), pty_pid(p));
    assert_true(WIFSTOPPED(status));
    assert_true(mode_of_child(p));
    kill(pty_pid(p), SIGCONT);
    pty_wait(p, "Welcome to Threadmill");
    pty_send(p, "\r");
    pty_wait(p, "01.1 One line");
    assert_false(mode_of_child(p));
    pty_send(p, "Q");
    ends_well(p);
}

/* ---- looks ----------------------------------------------------------------- */

static void colour_is_only_where_it_is_wanted(void **state)
{
    const char *const plain[] = {"NO_COLOR=1", NULL}, *const vt100[] = {"TERM=vt100", NULL};
    struct pty *p = start(24, 80, NULL);
    assert_true(pty_coloured(p));
    pty_free(p);
    fresh_home(state);
    p = start(24, 80, plain);
    assert_false(pty_coloured(p));
    pty_free(p);
    fresh_home(state);
    p = start(24, 80, vt100);
    assert_false(pty_coloured(p));
    pty_free(p);
}

static void leave(struct pty *p)
{
    pty_send(p, "Q");
    ends_well(p);
}

/* "q" in the last line is a key, "quit" its label; what is next is told in the style NEXT. */
static void themes_and_colours(void **state)
{
    static const struct {
        const char *term, *more;
        int next;
    } cases[] = {
        {"TERM=xterm-256color", "THREADMILL_THEME=dark", 117}, {"TERM=xterm-256color", "THREADMILL_THEME=light", 25},
        {"TERM=xterm-256color", "THREADMILL_THEME=mono", -1},  {"TERM=xterm-256color", "COLORFGBG=0;15", 25},
        {"TERM=xterm-256color", "COLORFGBG=15;0", 117},        {"TERM=xterm", "THREADMILL_THEME=dark", 6},
        {"TERM=xterm", "THREADMILL_THEME=light", 4},           {"TERM=linux", "X=1", 6},
        {"TERM=vt100", "THREADMILL_THEME=dark", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const env[] = {cases[i].term, cases[i].more, NULL};
        fresh_home(state);
        struct pty *p = start(24, 80, env);
        pty_wait_colour(p, "Enter begins", cases[i].next);
        leave(p);
    }
}

static void the_terminal_tells_its_background(void **state)
{
    struct pty *p = start(24, 80, NULL);
    pty_wait_colour(p, "Enter begins", 117);
    pty_send(p, "\033]11;rgb:ffff/fefe/f0f0\033\\");
    pty_wait_colour(p, "Enter begins", 25);
    pty_send(p, "\033]11;rgb:0000/0000/0000\007"); /* nobody asked again */
    pty_send(p, "\r");
    pty_wait(p, "01.1 One line");
    leave(p);
    fresh_home(state);
    p = start(24, 80, NULL);
    pty_send(p, "\033]11;rgb:1c1c/1c1c/1c1c\007\r");
    pty_wait(p, "01.1 One line");
    leave(p);
}

static void the_mouse(void **state)
{
    const char *const far[] = {"SSH_CONNECTION=10.0.0.1 1 10.0.0.2 22", NULL},
                      *const off[] = {"THREADMILL_MOUSE=off", NULL};
    struct pty *p = start(24, 80, NULL);
    pty_click(p, "open");
    pty_wait(p, "01.1 One line");
    pty_wait(p, "Enter: next page"); /* the last of the frame: the keys stand where they stay */
    pty_click(p, "back");
    pty_wait(p, "exercises passed");
    pty_send(p, "m");
    pty_wait(p, "selects text now");
    pty_send(p, "m");
    pty_wait(p, "clicks and scrolls now");
    pty_click(p, "quit");
    ends_well(p);
    p = pty_start(24, 80, lab, far);
    pty_wait(p, "exercises passed");
    pty_send(p, "m");
    pty_wait(p, "clicks and scrolls now");
    leave(p);
    p = pty_start(24, 80, lab, off);
    pty_wait(p, "exercises passed");
    pty_send(p, "m");
    pty_wait(p, "clicks and scrolls now");
    leave(p);
}

static void a_terminal_that_cannot(void **state)
{
    const char *const dumb[] = {"TERM=dumb", NULL}, *const unknown[] = {"TERM=no-such", NULL},
               *const none[] = {"TERM", NULL};
    struct pty *p = pty_start(24, 80, lab, dumb);
    assert_int_equal(WEXITSTATUS(pty_wait_end(p)), 2);
    pty_wait(p, "cannot show screens");
    pty_free(p);
    p = pty_start(24, 80, lab, unknown);
    assert_int_equal(WEXITSTATUS(pty_wait_end(p)), 2);
    pty_wait(p, "is not known here");
    pty_free(p);
    p = pty_start(24, 80, lab, none);
    assert_int_equal(WEXITSTATUS(pty_wait_end(p)), 2);
    pty_wait(p, "TERM is not set");
    pty_free(p);
}

/* Its description says that the last column wraps at once, which hardly any terminal does: nothing is put there. */
static void a_terminal_that_wraps_at_once(void **state)
{
    const char *const ansi[] = {"TERM=ansi", NULL};
    (void)state;
    struct pty *p = start(24, 80, ansi);
    pty_send(p, "\rq");
    pty_wait(p, "exercises passed");
    pty_wait(p, "─\n Enter open   /");
    leave(p);
}

/* Its description is not on this machine, its family is known. */
static void a_terminal_like_another(void **state)
{
    const char *const xterm[] = {"TERM=xterm-no-such", NULL}, *const tmux[] = {"TERM=tmux-no-such", NULL};
    leave(start(24, 80, xterm));
    fresh_home(state);
    leave(start(24, 80, tmux));
}

/* Where colours are red, green and blue in one number, only the first eight are numbers of colours. */
static void a_terminal_of_true_colour(void **state)
{
    static const char description[] =
        "direct-test|a terminal of true colour,\n\tccc@, colors#0x1000000, pairs#0x7fff, RGB, initc@,\n"
        "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
        "\tuse=xterm-256color,\n";
    const char *const env[] = {"TERM=direct-test", "THREADMILL_THEME=dark", NULL};
    char command[200], path[160];
    (void)state;
    snprintf(path, sizeof path, "%s/direct.src", pty_home());
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(description, f);
    fclose(f);
    snprintf(command, sizeof command, "tic -x -o %s/.terminfo %s", pty_home(), path);
    assert_int_equal(system(command), 0);
    struct pty *p = start(24, 80, env);
    pty_send(p, "\rq");
    pty_wait(p, "exercises passed");
    pty_wait_colour(p, "next 01.1", 6);
    leave(p);
}

static void without_utf8_everything_is_ascii(void **state)
{
    const char *const c[] = {"LANG=C", NULL};
    struct pty *p = start(24, 80, c);
    pty_send(p, "\rq");
    pty_wait(p, "exercises passed");
    pty_wait(p, "> 01  The lost cup");
    for (const char *s = pty_screen(p); *s; s++)
        assert_true((unsigned char)*s < 128);
    pty_send(p, "q");
    ends_well(p);
}

/* ---- learner's programs ---------------------------------------------------- */

static void write_file(const char *text)
{
    char path[160];

    snprintf(path, sizeof path, "%s/threadmill/01-first/tally/tally.c", pty_home());
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static struct pty *at_exercise_with(const char *const *env)
{
    struct pty *p = start(24, 80, env);
    pty_send(p, "\rnnnn\r");
    pty_wait(p, "01 tally");
    pty_wait(p, "FAILED");
    return p;
}

static struct pty *at_exercise(void) { return at_exercise_with(NULL); }

static void write_script(const char *name, const char *text)
{
    char path[160];

    snprintf(path, sizeof path, "%s/%s", pty_home(), name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s", text);
    fclose(f);
    assert_int_equal(chmod(path, 0755), 0);
}

/* The editor has the terminal to itself, opens at the line that fails, and its save is checked. */
static void an_editor_in_front(void **state)
{
    char visual[128];
    const char *const env[] = {visual, NULL};
    write_script("vi", "stty -a | grep -q ' icanon' && echo cooked\necho \"[$1] [$2]\"\nread go\n"
                       "cp '" COURSE "/solutions/01-first/tally.c' \"$3\"\n");
    snprintf(visual, sizeof visual, "VISUAL=%s/vi -n", pty_home());
    struct pty *p = at_exercise_with(env);
    pty_send(p, "e");
    pty_wait(p, "cooked");
    pty_wait(p, "[-n] [+7]");
    pty_send(p, "\r");
    pty_wait(p, "PASSED");
    pty_wait(p, "01 tally");
    pty_send(p, "Q");
    ends_well(p);
}

/* Inside tmux it gets a pane beside the one the lab is in, and the lab stays as it is. */
static void an_editor_in_a_pane(void **state)
{
    char path[128];
    const char *const env[] = {path, "TMUX=/tmp/x,1,0", "TMUX_PANE=%7", "VISUAL=vi -n", NULL};
    (void)state;
    write_script("tmux", "echo \"$*\" > \"$HOME/pane\"\n");
    snprintf(path, sizeof path, "PATH=%s:/usr/bin:/bin", pty_home());
    struct pty *p = at_exercise_with(env);
    pty_send(p, "e");
    char said[300] = "", want[300];
    snprintf(path, sizeof path, "%s/pane", pty_home());
    snprintf(want, sizeof want,
             "split-window -v -t %%7 /bin/sh -c exec vi -n \"$@\" editor +7 "
             "%s/threadmill/01-first/tally/tally.c\n",
             pty_home());
    for (FILE *f; strcmp(said, want) != 0;) {
        pty_send(p, "?"); /* it still answers */
        pty_wait(p, "closes this page");
        pty_send(p, "?");
        pty_wait_gone(p, "closes this page");
        if ((f = fopen(path, "r"))) {
            if (!fgets(said, sizeof said, f))
                said[0] = '\0';
            fclose(f);
        }
        if (said[0])
            assert_string_equal(said, want);
    }
    pty_send(p, "Q");
    ends_well(p);
}

static void an_editor_that_is_not_there(void **state)
{
    const char *const env[] = {"VISUAL=/no/such/editor", NULL};
    struct pty *p = at_exercise_with(env);
    pty_send(p, "e");
    pty_wait(p, "the editor could not be started");
    pty_send(p, "Q");
    ends_well(p);
}

static void an_editor_that_fails(void **state)
{
    const char *const env[] = {"VISUAL=sh -c 'exit 3'", NULL};
    struct pty *p = at_exercise_with(env);
    pty_send(p, "e");
    pty_wait(p, "the editor ended with status 3");
    pty_send(p, "Q");
    ends_well(p);
}

/* That is not the lab's failure, and not the program's. */
static void a_file_that_cannot_be_judged(void **state)
{
    char command[200];
    struct pty *p = at_exercise();
    snprintf(command, sizeof command, "cd %s/threadmill/01-first/tally && rm tally.c && mkdir tally.c", pty_home());
    assert_int_equal(system(command), 0);
    pty_send(p, "c");
    pty_wait(p, "? your file could not be judged:");
    pty_wait(p, "is a directory");
    pty_send(p, "Q");
    ends_well(p);
}

static void a_save_is_checked_at_once(void **state)
{
    struct pty *p = at_exercise();
    write_file("#include <pthread.h>\n#include \"tally.h\"\nint total;\nstatic pthread_mutex_t m = "
               "PTHREAD_MUTEX_INITIALIZER;\n"
               "void count(void) { pthread_mutex_lock(&m); total++; pthread_mutex_unlock(&m); }\n");
    pty_wait(p, "PASSED");
    pty_wait(p, "01 tally"); /* passing does not move on */
    pty_send(p, "qq");
    pty_wait(p, "1 of 1 exercises passed");
    pty_send(p, "q");
    ends_well(p);
}

/* Whatever the program does, keys are answered and q leaves. */
static void stays_alive_with(const char *program)
{
    struct pty *p = at_exercise();
    write_file(program);
    pty_wait_gone(p, "your turn");
    pty_send(p, "?");
    pty_wait(p, "keys on this screen");
    pty_send(p, "?");
    pty_send(p, "qqq");
    ends_well(p);
}

/* A search that would take minutes, for each run computes a while, says how far it is, and what it knows when
 * it is stopped. */
static void a_long_search_can_be_stopped(void **state)
{
    (void)state;
    struct pty *p = at_exercise();
    write_file(
        "#include <pthread.h>\n#include \"tally.h\"\nint total;\nstatic pthread_mutex_t m = "
        "PTHREAD_MUTEX_INITIALIZER;\n"
        "void count(void) { for (int i = 0; i < 300; i++) { for (int k = 0; k < 5000; k++) ; "
        "pthread_mutex_lock(&m); total += i == 0; pthread_mutex_unlock(&m); } }\n");
    pty_wait(p, " a second");
    pty_wait(p, "So far nothing wrong without preemptions");
    pty_send(p, "\033");
    pty_wait(p, "stopped: nothing wrong so far");
    pty_wait(p, "one_thread   every interleaving");
    pty_send(p, "qq");
    pty_wait(p, "0 of 1 exercises passed");
    pty_send(p, "q");
    ends_well(p);
}

static void a_program_that_spins(void **state)
{
    stays_alive_with("#include \"tally.h\"\nint total;\nvoid count(void) { for (;;) ; }\n");
}

static void a_program_that_floods(void **state)
{
    stays_alive_with("#include <stdio.h>\n#include \"tally.h\"\nint total;\nvoid count(void) { for "
                     "(;;) puts(\"flood flood flood\"); }\n");
}

static void a_program_that_dies(void **state)
{
    stays_alive_with("#include <stdlib.h>\n#include \"tally.h\"\nint total;\nvoid count(void) { "
                     "int *p = 0; *p = 1; abort(); }\n");
}

#define T(name) cmocka_unit_test_setup(name, fresh_home)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(opens_and_leaves_at_80x24),
        T(opens_and_leaves_at_200x50),
        T(remembers_where_one_was),
        T(resize_storm),
        T(after_a_storm_the_screen_is_whole),
        T(any_keys_are_harmless),
        T(both_kinds_of_arrows),
        T(unknown_sequences_are_no_keys),
        T(pasted_text_is_no_command),
        T(quitting_restores_the_terminal),
        T(the_terminal_stays_blocking),
        T(sigterm_restores_the_terminal),
        T(sigquit_restores_the_terminal),
        T(sighup_restores_the_terminal),
        T(sigterm_saves_the_progress),
        T(a_closed_window_ends_it),
        T(ctrl_z_stops_and_fg_comes_back),
        T(colour_is_only_where_it_is_wanted),
        T(themes_and_colours),
        T(the_terminal_tells_its_background),
        T(the_mouse),
        T(without_utf8_everything_is_ascii),
        T(a_terminal_that_cannot),
        T(a_terminal_like_another),
        T(a_terminal_that_wraps_at_once),
        T(a_terminal_of_true_colour),
        T(an_editor_in_front),
        T(an_editor_in_a_pane),
        T(an_editor_that_is_not_there),
        T(an_editor_that_fails),
        T(a_file_that_cannot_be_judged),
        T(a_save_is_checked_at_once),
        T(a_long_search_can_be_stopped),
        T(a_program_that_spins),
        T(a_program_that_floods),
        T(a_program_that_dies),
    };
    return cmocka_run_group_tests_name("pty", tests, NULL, remove_home);
}
