/* main: the command line. Options for all commands, the table, nothing else. */
#include "app/cmd.h"
#include "app/config.h"
#include "app/ui.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct command commands[] = {
#define C(name, usage, summary, help) {#name, usage, summary, help, cmd_##name},
#include "app/commands.def"
#undef C
};
const size_t command_count = sizeof commands / sizeof *commands;

static const struct command *command_named(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* ---- help and version ------------------------------------------------------- */

static void print_command(const struct command *c)
{
    out_format("usage: threadmill %s\n\n%s.\n", c->usage, c->summary);
    if (*c->help)
        out_format("\n%s", c->help);
}

static void print_all(void)
{
    out_text("Threadmill: learn concurrency by being the scheduler.\n\n"
             "usage: threadmill [--course DIR] [--theme dark|light|mono] [--mouse on|off]\n"
             "                  [COMMAND ...]\n\n"
             "Without a command the lab opens in the terminal, where you left it.\n\n");
    for (size_t i = 0; i < command_count; i++)
        out_format("  %-10s %s\n", commands[i].name, commands[i].summary);
    out_text("\nthreadmill COMMAND --help says more. Exit status: 0 it holds, 1 it does not,\n"
             "2 it could not be judged (usage, a missing file, trouble of ours).\n");
}

static int unknown_command(const char *name)
{
    const char *names[64];
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    const char *near = app_nearest(name, names, command_count);
    if (near)
        return app_fail("there is no command '%s'; did you mean '%s'?", name, near);
    return app_fail("there is no command '%s'; 'threadmill help' lists them", name);
}

int cmd_help(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, NULL, 0, 0, 1, &a, &e))
        return opt_fail("help", &e);
    const struct command *c = a.count ? command_named(a.items[0]) : NULL;
    if (a.count && !c)
        return unknown_command(a.items[0]);
    if (c)
        print_command(c);
    else
        print_all();
    return EXIT_HOLDS;
}

int cmd_version(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, NULL, 0, 0, 0, &a, &e))
        return opt_fail("version", &e);
    out_format("threadmill %s\n", THREADMILL_VERSION);
    if (app)
        out_format("engine     %s\ncourse     %s\nworkspace  %s\ncache      %s\n",
                   app->paths.engine, app->course_root,
                   app->workspace_root ? app->workspace_root : "none", app->paths.cache);
    return EXIT_HOLDS;
}

/* ---- running a command -------------------------------------------------------- */

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static bool needs_lab(const struct command *c) { return c->run != cmd_help; }

/* A command that answers in JSON does so also when the lab itself is broken. */
static int lab_missing(const struct command *c, int argc, char **argv, const struct err *e)
{
    if (c && c->run == cmd_doctor)
        return cmd_doctor_without_lab(e, argc, argv);
    bool judges = c && (c->run == cmd_check || c->run == cmd_explore);
    if (judges && opt_wants_json(argc, argv))
        return cmd_trouble("", true, "%s", e->msg);
    return app_fail("%s", e->msg);
}

static int run_command(const char *course, const struct command *c, int argc, char **argv)
{
    struct app app;
    struct err e = {0};
    if (wants_help(argc, argv)) {
        print_command(c);
        return EXIT_HOLDS;
    }
    bool ok = !needs_lab(c) || app_init(&app, course, &e);
    int status =
        ok ? c->run(needs_lab(c) ? &app : NULL, argc, argv) : lab_missing(c, argc, argv, &e);
    if (needs_lab(c))
        app_fini(&app);
    return status;
}

static int run_ui(const char *course, const char *script)
{
    struct ui_start start = {.script = script};
    struct app app;
    struct err e = {0};
    if (!script && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
        return app_fail("the lab needs a terminal; try 'threadmill list' or 'threadmill help'");
    int status = app_init(&app, course, &e) ? ui_main(&app, &start) : app_fail("%s", e.msg);
    app_fini(&app);
    return status;
}

struct globals {
    const char *course, *script, *theme, *mouse;
};

static const char **global_named(struct globals *g, const char *name, size_t len)
{
    const struct {
        const char *name, **value;
    } known[] = {{"course", &g->course},
                 {"script", &g->script},
                 {"theme", &g->theme},
                 {"mouse", &g->mouse}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (len == strlen(known[i].name) && strncmp(name, known[i].name, len) == 0)
            return known[i].value;
    return NULL;
}

/* Options before the command. Returns how many words they took, or -1. */
static int global_options(int argc, char **argv, struct globals *g)
{
    int i = 1;
    for (; i < argc && str_starts(argv[i], "--"); i++) {
        const char *name = argv[i] + 2, *equals = strchr(name, '=');
        const char **to = global_named(g, name, equals ? (size_t)(equals - name) : strlen(name));
        if (!to)
            break;
        if (!equals && i + 1 == argc)
            return app_fail("%s needs a value", argv[i]), -1;
        *to = equals ? equals + 1 : argv[++i];
    }
    return i;
}

/* How the lab looks, for whichever command opens it: the environment says so, and an option says
 * it for once. */
static bool set_looks(const struct globals *g)
{
    enum theme theme;
    if (g->theme && !theme_parse(g->theme, &theme))
        return app_fail("--theme is dark, light, mono or auto, not '%s'", g->theme), false;
    if (g->mouse && strcmp(g->mouse, "on") != 0 && strcmp(g->mouse, "off") != 0)
        return app_fail("--mouse is on or off, not '%s'", g->mouse), false;
    if (g->theme)
        setenv("THREADMILL_THEME", g->theme, 1);
    if (g->mouse)
        setenv("THREADMILL_MOUSE", g->mouse, 1);
    return true;
}

static int dispatch(int argc, char **argv)
{
    struct globals g = {0};
    int i = global_options(argc, argv, &g);
    if (i < 0 || !set_looks(&g))
        return EXIT_UNJUDGED;
    if (i == argc)
        return run_ui(g.course, g.script);
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
        return cmd_help(NULL, 1, argv);
    if (strcmp(argv[i], "--version") == 0)
        return cmd_version(NULL, 1, argv);
    if (argv[i][0] == '-')
        return app_fail("there is no option '%s'; 'threadmill help' lists what there is", argv[i]);
    const struct command *c = command_named(argv[i]);
    return c ? run_command(g.course, c, argc - i, argv + i) : unknown_command(argv[i]);
}

/* A closed 0, 1 or 2 would be the number of the next file that is opened: what is printed would go
 * there. /dev/null, opened the wrong way round for output, fails as it should. */
static void hold_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    hold_standard_files();
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    return out_end(dispatch(argc, argv));
}
