/* What may go wrong around a lab: it is killed, the disk is full, its progress file is damaged, two
 * run at once. Nothing that was on the screen is lost, and everything is said plainly.
 *
 *   test_robust [all]      `all`: as often as the long run wants it
 */
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "pty.h"

static const char *const lab[] = {THREADMILL, "--course", COURSE, NULL};
static const char *const steps[] = {"01.1", "01.2", "01.3", "01.4", "01.5", "01.6", "02.1"};
enum { STEPS = sizeof steps / sizeof *steps };
static int kills = 20, keys = 3000;

static char *in_home(const char *name)
{
    static char path[200];

    snprintf(path, sizeof path, "%s/%s", pty_home(), name);
    return path;
}

static int shell(const char *format)
{
    char command[400];

    snprintf(command, sizeof command, format, pty_home());
    return system(command);
}

static int fresh_home(void **state)
{
    (void)state;
    return shell("rm -rf %1$s/threadmill %1$s/tmp && mkdir %1$s/tmp");
}

static int remove_home(void **state)
{
    (void)state;
    return shell("rm -rf %s");
}

static struct pty *start_at(const char *text)
{
    struct pty *p = pty_start(24, 80, lab, NULL);

    pty_wait(p, text);
    return p;
}

static int end(struct pty *p)
{
    int status = pty_wait_end(p);

    pty_free(p);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *progress_text(void)
{
    static char text[16384];
    FILE *f = fopen(in_home("threadmill/progress.txt"), "r");

    if (!f)
        return NULL;
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void write_progress(const char *text)
{
    assert_int_equal(shell("mkdir -p %s/threadmill"), 0);
    FILE *f = fopen(in_home("threadmill/progress.txt"), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static unsigned seed;
static unsigned chance(unsigned n)
{
    seed = seed * 1103515245 + 12345;
    return (seed >> 16) % n;
}

/* ---- killed ---------------------------------------------------------------- */

static int step_index(const char *id)
{
    for (int i = 0; i < STEPS; i++)
        if (strncmp(id, steps[i], 4) == 0)
            return i;
    return -1;
}

/* The step in the title of the last frame; -1 when there is none. */
static int step_shown(struct pty *p) { return step_index(pty_screen(p) + 1); }

static int step_saved(void)
{
    char *text = progress_text(), *at = text ? strstr(text, "\ncurrent ") : NULL;

    return at ? step_index(at + strlen("\ncurrent ")) : -1;
}

/* Keys are sent without waiting for their frames, and some time later comes the end. */
static void killed_once(void)
{
    struct pty *p = start_at("Welcome to Threadmill");
    unsigned moves = 1 + chance(STEPS - 1);
    struct timespec moment = {.tv_nsec = (long)chance(4000) * 1000};

    pty_send(p, "\r");
    pty_wait(p, "01.1");
    for (unsigned i = 0; i < moves; i++)
        pty_send(p, "n");
    nanosleep(&moment, NULL); /* the moment is what is tried here; no time is right or wrong */
    kill(pty_pid(p), SIGKILL);
    pty_drain_dead(p);
    int shown = step_shown(p), saved = step_saved();
    if (shown >= 0 && (saved < shown || saved > (int)moves))
        pty_fail(p, "the file does not have what the screen shows", progress_text());
    if (saved >= 0)
        assert_non_null(strstr(progress_text(), "\nend\n"));
    pty_free(p);
}

static void killed_at_any_moment(void **state)
{
    seed = 5;
    for (int i = 0; i < kills; i++) {
        fresh_home(state);
        killed_once();
    }
    struct pty *p = pty_start(24, 80, lab, NULL);
    pty_wait(p, "exercises passed"); /* and it starts again as if nothing had been */
    assert_false(pty_shows(p, "progress.txt"));
    pty_send(p, "q");
    assert_int_equal(end(p), 0);
}

static void a_hangup_loses_nothing(void **state)
{
    (void)state;
    struct pty *p = start_at("Welcome to Threadmill");
    pty_send(p, "\rnn");
    pty_wait(p, "01.3 Lose an update");
    kill(pty_pid(p), SIGHUP);
    end(p);
    assert_int_equal(step_saved(), 2);
}

static void a_closed_window_loses_nothing(void **state)
{
    (void)state;
    struct pty *p = start_at("Welcome to Threadmill");
    pty_send(p, "\rnnn");
    pty_wait(p, "01.4 At full speed");
    pty_close_master(p);
    end(p);
    assert_int_equal(step_saved(), 3);
}

/* ---- a file that cannot be used -------------------------------------------- */

static void says_and_keeps(const char *text, const char *words)
{
    write_progress(text);
    struct pty *p = start_at(words);
    pty_send(p, "q");
    pty_drain(p, 50);
    pty_send(p, "Q");
    end(p);
}

static void a_newer_file_is_kept(void **state)
{
    (void)state;
    says_and_keeps("threadmill progress 7\nwonders 01.1 done\nend\n", "a newer Threadmill");
    struct pty *p = start_at("a newer Threadmill");
    pty_send(p, "\r"); /* a first step: now something is written */
    pty_wait(p, "01.1");
    pty_send(p, "Q");
    end(p);
    FILE *f = fopen(in_home("threadmill/progress.txt.bad-1"), "r");
    char line[64] = "";
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    assert_string_equal(line, "threadmill progress 7\n");
    fclose(f);
}

static void half_a_file_is_read_and_kept(void **state)
{
    (void)state;
    write_progress("threadmill progress 1\ncurrent 01.2\nstep 01.1 done\nstep 01.2 do");
    struct pty *p = start_at("was cut short");
    pty_wait(p, "next 01.2");
    pty_send(p, "\r");
    pty_wait(p, "01.2 What");
    pty_send(p, "n");
    pty_wait(p, "01.3");
    pty_send(p, "Q");
    end(p);
    assert_non_null(strstr(progress_text(), "step 01.1 done"));
    assert_int_equal(access(in_home("threadmill/progress.txt.bad-1"), F_OK), 0);
}

static void what_became_of_it_can_be_read(void **state)
{
    (void)state;
    says_and_keeps("shopping list\n", "progress.txt is not a progress file; kept as progress.txt.bad-N");
    fresh_home(state);
    says_and_keeps("threadmill progress 7\nend\n",
                   "progress.txt was written by a newer Threadmill; kept as progress.txt.bad-N");
    fresh_home(state);
    assert_int_equal(shell("mkdir -p %s/threadmill/progress.txt"), 0);
    struct pty *p = start_at("your progress cannot be shown");
    pty_send(p, "\r");
    pty_wait(p, "NOT SAVED, only kept in memory: progress.txt is a folder");
    pty_send(p, "Q");
    pty_wait(p, "it is kept in");
    end(p);
    assert_int_equal(shell("rm -f /tmp/threadmill-progress-*; : %s"), 0);
    fresh_home(state);
    assert_int_equal(shell("echo > %s/threadmill"), 0);
    p = start_at("progress.txt cannot be read");
    pty_send(p, "\r");
    pty_wait(p, "what should be the workspace is no folder");
    pty_send(p, "Q");
    end(p);
    assert_int_equal(shell("rm -f /tmp/threadmill-progress-*; : %s"), 0);
}

static void without_a_home_it_is_said(void **state)
{
    const char *const env[] = {"HOME", "XDG_CACHE_HOME=/tmp/tm-no-home", NULL};
    (void)state;
    struct pty *p = pty_start(24, 80, lab, env);
    pty_wait(p, "(none: there is no home folder)");
    pty_wait(p, "nothing is kept; THREADMILL_WORKSPACE can name one");
    pty_send(p, "q");
    end(p);
    assert_int_equal(shell("rm -rf /tmp/tm-no-home; : %s"), 0);
}

/* ---- a full disk ----------------------------------------------------------- */

static void limit_files(struct pty *p, rlim_t bytes)
{
    struct rlimit l;

    assert_int_equal(prlimit(pty_pid(p), RLIMIT_FSIZE, NULL, &l), 0);
    l.rlim_cur = bytes;
    assert_int_equal(prlimit(pty_pid(p), RLIMIT_FSIZE, &l, NULL), 0);
}

static void no_room_and_room_again(void **state)
{
    (void)state;
    struct pty *p = start_at("Welcome to Threadmill");
    pty_send(p, "\r");
    pty_wait(p, "01.1");
    limit_files(p, 0);
    pty_send(p, "n");
    pty_wait(p, "NOT SAVED");
    pty_wait(p, "01.2"); /* and it goes on */
    pty_send(p, "n");
    pty_wait(p, "01.3");
    assert_int_equal(step_saved(), 0);
    limit_files(p, RLIM_INFINITY);
    pty_wait(p, "saved again");
    assert_int_equal(step_saved(), 2);
    assert_false(pty_shows(p, "NOT SAVED"));
    pty_send(p, "Q");
    assert_int_equal(end(p), 0);
}

/* Left while there is no room: what was done is kept elsewhere, and it is said where. */
static void no_room_until_the_end(void **state)
{
    char *tmp = strdup(in_home("threadmill"));
    (void)state;
    struct pty *p = start_at("Welcome to Threadmill");
    pty_send(p, "\rn");
    pty_wait(p, "01.2");
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        pty_free(p);
        free(tmp);
        skip();
    }
    pty_free(p);
    if (mount("tmpfs", tmp, "tmpfs", 0, "size=64k") != 0) {
        free(tmp);
        skip();
    }
    p = start_at("Welcome to Threadmill");
    pty_send(p, "\r");
    pty_wait(p, "01.1");
    assert_int_equal(shell("dd if=/dev/zero of=%s/threadmill/fill bs=4k 2> /dev/null; true"), 0);
    pty_send(p, "n");
    pty_wait(p, "NOT SAVED");
    pty_wait(p, "No space left");
    pty_send(p, "Q");
    pty_wait(p, "it is kept in");
    pty_wait_end(p);
    pty_free(p);
    assert_int_equal(shell("grep -q 'current 01.2' /tmp/threadmill-progress-* && "
                           "rm -f /tmp/threadmill-progress-*; : %s"),
                     0);
    assert_int_equal(umount(tmp), 0);
    free(tmp);
}

/* ---- two labs -------------------------------------------------------------- */

static void two_labs_lose_nothing(void **state)
{
    (void)state;
    struct pty *a = start_at("Welcome to Threadmill");
    pty_send(a, "\r");
    pty_wait(a, "01.1 One line");
    struct pty *b = pty_start(24, 80, lab, NULL);
    pty_wait(b, "next 01.1");
    pty_send(a, "n"); /* a answers a question, b another, in turns */
    pty_wait(a, "01.2");
    pty_send(a, "12\r");
    pty_wait(a, "Right.");
    pty_send(b, "/02.1\r");
    pty_wait(b, "02.1 Only words");
    pty_send(b, "\r");
    pty_wait(b, "this is the last step");
    pty_send(a, "n");
    pty_wait(a, "01.3");
    pty_send(b, "Q");
    assert_int_equal(end(b), 0);
    pty_send(a, "Q");
    assert_int_equal(end(a), 0);
    assert_non_null(strstr(progress_text(), "answer 01.2 0,1\n"));
    assert_non_null(strstr(progress_text(), "step 01.2 done\n"));
    assert_non_null(strstr(progress_text(), "step 02.1 done\n"));
    assert_non_null(strstr(progress_text(), "current 01.3\n"));
}

/* Another lab is stopped just while it saves: this one waits no longer than a moment. */
static void a_lock_that_is_held_freezes_nothing(void **state)
{
    (void)state;
    struct pty *p = start_at("Welcome to Threadmill");
    pty_send(p, "\r");
    pty_wait(p, "01.1");
    char command[300];
    snprintf(command, sizeof command,
             "exec flock %s/threadmill/.progress.lock sh -c 'echo held; read go'", pty_home());
    const char *const holder[] = {"/bin/sh", "-c", command, NULL};
    struct pty *h = pty_start(24, 80, holder, NULL);
    pty_wait(h, "held");
    pty_send(p, "n");
    pty_wait(p, "another lab holds the file");
    pty_send(p, "n");
    pty_wait(p, "01.3");
    pty_send(h, "\n");
    end(h);
    pty_wait(p, "saved again");
    assert_int_equal(step_saved(), 2);
    pty_send(p, "Q");
    assert_int_equal(end(p), 0);
}

/* ---- any keys -------------------------------------------------------------- */

static void send_chance_key(struct pty *p)
{
    static const char plain[] = "abcdfghijklmnoprstuvwxyz0123456789/?\r\r\r\r \t+-RGN\x7f\x0c.=";
    char bytes[8] = {0};
    unsigned k = chance(100);

    if (k < 70) /* no q, Q, e, Ctrl-C or Ctrl-Z: they leave */
        bytes[0] = plain[chance(sizeof plain - 1)];
    else if (k < 90)
        snprintf(bytes, sizeof bytes, "\033[%c", "ABCDHF"[k % 6]);
    else
        snprintf(bytes, sizeof bytes, "\033[%u~", 1 + k % 6);
    pty_send(p, bytes);
}

/* From each screen a person can get to: keys and sizes by chance, and then it still answers. */
static void any_keys_from(const char *way, const char *there)
{
    struct pty *p = start_at("Welcome to Threadmill");
    pty_send(p, way);
    pty_wait(p, there);
    for (int i = 0; i < keys; i++) {
        if (chance(40) == 0)
            pty_resize(p, 1 + (int)chance(70), 1 + (int)chance(220));
        send_chance_key(p);
        if (i % 50 == 0)
            pty_drain(p, 1);
    }
    pty_resize(p, 24, 80);
    pty_drain(p, 100);
    assert_false(pty_ended(p));
    pty_send(p, "\033"); /* out of a search, and then help still comes */
    pty_drain(p, 100);
    pty_send(p, "\033");
    pty_drain(p, 100);
    pty_send(p, "?");
    pty_wait(p, "closes this page");
    for (int i = 0; i < 20; i++)
        pty_send(p, "\x03");
    assert_int_equal(end(p), 0);
}

static void any_keys_anywhere(void **state)
{
    static const struct {
        const char *way, *there;
    } screens[] = {
        {"", "Welcome"},          {"\rq", "exercises passed"}, {"\r", "01.1 One line"},
        {"\rnnnn\r", "01 tally"}, {"\rnn\r", "goal: c == 1"},  {"\rnnn\r", "01.4 restock.c"},
        {"\rqp", "Progress"},     {"\rqr", "Recall cards"},    {"c", "00.1 Three questions"},
    };
    seed = 17;
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        fresh_home(state);
        any_keys_from(screens[i].way, screens[i].there);
    }
}

#define T(name) cmocka_unit_test_setup(name, fresh_home)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        T(killed_at_any_moment),
        T(a_hangup_loses_nothing),
        T(a_closed_window_loses_nothing),
        T(a_newer_file_is_kept),
        T(half_a_file_is_read_and_kept),
        T(what_became_of_it_can_be_read),
        T(without_a_home_it_is_said),
        T(no_room_and_room_again),
        T(two_labs_lose_nothing),
        T(a_lock_that_is_held_freezes_nothing),
        T(any_keys_anywhere),
        T(no_room_until_the_end),
    };
    if (argc > 1 && strcmp(argv[1], "all") == 0) {
        kills = 200;
        keys = 12000; /* from nine screens */
    }
    return cmocka_run_group_tests_name("robust", tests, NULL, remove_home);
}
