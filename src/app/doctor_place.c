/* doctor_place: the terminal, the machine, its limits, the folders, the editor. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/doctor.h"
#include "app/editor.h"
#include "screen/screen.h"
#include "view/view.h"

/* ---- the terminal ---------------------------------------------------------- */

static void size_finding(struct doctor *d, const struct screen_facts *f)
{
    const char *fix = "make the window larger, or its letters smaller";

    if (f->rows < VIEW_MIN_ROWS || f->cols < VIEW_MIN_COLS)
        finding_advice(doctor_add(d, "size", FINDING_BAD, "%d x %d", f->cols, f->rows),
                       "the lab opens, and asks for more room", fix);
    else if (f->rows < 24 || f->cols < 80)
        finding_advice(doctor_add(d, "size", FINDING_NOTE, "%d x %d", f->cols, f->rows),
                       "it is made for 80 x 24; some lines are cut", fix);
    else
        doctor_add(d, "size", FINDING_GOOD, "%d x %d%s", f->cols, f->rows,
                   f->cols >= VIEW_WIDE ? ", wide enough for panes side by side" : "");
}

static void colour_finding(struct doctor *d, const struct screen_facts *f)
{
    const char *no = getenv("NO_COLOR");

    if (no && *no)
        doctor_add(d, "colours", FINDING_GOOD, "switched off by NO_COLOR; nothing is lost");
    else if (f->colours < 8)
        finding_advice(doctor_add(d, "colours", FINDING_NOTE, "none"),
                       "signs and words say everything; colours only help the eye",
                       "if your terminal has colours: export TERM=xterm-256color");
    else
        doctor_add(d, "colours", FINDING_GOOD, "%d", f->colours);
}

void doctor_terminal(struct doctor *d)
{
    struct screen_facts f;

    screen_examine(&f);
    if (f.terminal && f.problem[0])
        finding_advice(doctor_add(d, "terminal", FINDING_BAD, "%s", f.problem),
                       "the lab cannot open; all commands work", "export TERM=xterm-256color");
    else if (!f.terminal)
        finding_advice(doctor_add(d, "terminal", FINDING_NOTE, "this is none (a pipe or a file)"),
                       "the lab itself needs one; all commands work", NULL);
    else
        doctor_add(d, "terminal", FINDING_GOOD, "%s", f.name);
    if (f.terminal && !f.problem[0]) {
        size_finding(d, &f);
        colour_finding(d, &f);
    }
    if (f.utf8)
        doctor_add(d, "characters", FINDING_GOOD, "UTF-8");
    else
        finding_advice(doctor_add(d, "characters", FINDING_NOTE, "ASCII only"),
                       "arrows and bars are drawn with letters", "export LANG=C.UTF-8");
}

/* ---- the machine ----------------------------------------------------------- */

/* CPUs a cgroup grants, as a fraction; 0: no limit is set. */
static double granted_cpus(void)
{
    char *text = file_read("/sys/fs/cgroup/cpu.max", 256, NULL, NULL);
    double quota, period, cpus = 0;

    if (text && sscanf(text, "%lf %lf", &quota, &period) == 2 && period > 0)
        cpus = quota / period;
    free(text);
    return cpus;
}

void doctor_machine(struct doctor *d)
{
    cpu_set_t set;
    long there = sysconf(_SC_NPROCESSORS_ONLN);
    long ours = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : there;
    double granted = granted_cpus();

    if (ours < 2 || (granted > 0 && granted < 2))
        finding_advice(doctor_add(d, "cores", FINDING_NOTE, "%ld of %ld%s", ours, there,
                                  granted > 0 && granted < 2 ? ", limited by a container" : ""),
                       "demos of speed-up show none here; verdicts do not depend on it", NULL);
    else
        doctor_add(d, "cores", FINDING_GOOD, "%ld", ours);
}

/* ---- limits ---------------------------------------------------------------- */

static const struct {
    int resource;
    const char *name, *unit;
    rlim_t least; /* below this something fails */
    rlim_t divide;
    const char *means, *fix;
} limits[] = {
    {RLIMIT_AS, "memory", "MB", (rlim_t)4 << 30, 1 << 20,
     "the engine reserves address space for its checks, and may not get it", "ulimit -v unlimited"},
    {RLIMIT_NPROC, "processes", "", 64, 1, "compilers and demos may not start", "ulimit -u 4096"},
    {RLIMIT_NOFILE, "open files", "", 256, 1, "the engine and pipes to compilers may not open", "ulimit -n 1024"},
    {RLIMIT_FSIZE, "file size", "MB", (rlim_t)64 << 20, 1 << 20, "compiled programs may be cut off",
     "ulimit -f unlimited"},
    {RLIMIT_CPU, "CPU time", "s", 600, 1, "long checks may be killed", "ulimit -t unlimited"},
};

static void limit_finding(struct doctor *d, size_t i)
{
    struct rlimit l;

    if (getrlimit(limits[i].resource, &l) != 0)
        return;
    if (l.rlim_cur == RLIM_INFINITY)
        doctor_add(d, limits[i].name, FINDING_GOOD, "no limit");
    else if (l.rlim_cur >= limits[i].least)
        doctor_add(d, limits[i].name, FINDING_GOOD, "%ju%s%s",
                   (uintmax_t)(l.rlim_cur / limits[i].divide), *limits[i].unit ? " " : "",
                   limits[i].unit);
    else
        finding_advice(doctor_add(d, limits[i].name, FINDING_BAD, "limited to %ju%s%s",
                                  (uintmax_t)(l.rlim_cur / limits[i].divide),
                                  *limits[i].unit ? " " : "", limits[i].unit),
                       limits[i].means, limits[i].fix);
}

static int status_field(const char *name)
{
    char *text = file_read("/proc/self/status", 1 << 16, NULL, NULL), *at;
    int value = 0;

    if (text && (at = strstr(text, name)))
        value = atoi(at + strlen(name));
    free(text);
    return value;
}

static const char *container(void)
{
    const char *set = getenv("container");

    if (access("/.dockerenv", F_OK) == 0)
        return "Docker";
    if (access("/run/.containerenv", F_OK) == 0)
        return "Podman";
    return set && *set ? set : NULL;
}

/* Whatever the sandbox forbids that matters is found by trying, above; this only explains it. */
static void sandbox_finding(struct doctor *d)
{
    int seccomp = status_field("\nSeccomp:");
    const char *in = container();

    if (in || seccomp)
        doctor_add(d, "sandbox", FINDING_GOOD, "%s%s%s", in ? in : "", in && seccomp ? ", " : "",
                   seccomp ? "system calls are filtered (seccomp)" : "");
    else
        doctor_add(d, "sandbox", FINDING_GOOD, "none");
}

void doctor_limits(struct doctor *d)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        limit_finding(d, i);
    sandbox_finding(d);
}

/* ---- files ----------------------------------------------------------------- */

/* The nearest folder that exists. Caller frees. */
static char *existing(const char *path)
{
    char *dir = xstrdup(path);

    while (!path_is_dir(dir) && strcmp(dir, "/") != 0) {
        char *up = path_dirname(dir);
        free(dir);
        dir = up;
    }
    return dir;
}

static void room_finding(struct doctor *d, const char *name, const char *path, uint64_t least_mb,
                         const char *means)
{
    char *dir = existing(path);
    struct statvfs fs;
    bool writable = access(dir, W_OK | X_OK) == 0;
    uint64_t mb = statvfs(dir, &fs) == 0 ? (uint64_t)fs.f_bavail * fs.f_frsize >> 20 : 0;

    if (!writable)
        finding_advice(doctor_add(d, name, FINDING_BAD, "%s cannot be written", dir), means,
                       "choose another: see 'threadmill help init' and XDG_CACHE_HOME");
    else if (mb < least_mb)
        finding_advice(doctor_add(d, name, FINDING_BAD, "%s: %" PRIu64 " MB free", path, mb), means,
                       "make room; the cache may be deleted at any time");
    else
        doctor_add(d, name, FINDING_GOOD, "%s, %" PRIu64 " MB free", path, mb);
    free(dir);
}

static void watch_finding(struct doctor *d, const char *path)
{
    char *dir = existing(path);

    if (run_watch_listens(d->app->loop, dir))
        doctor_add(d, "saves", FINDING_GOOD, "noticed at once (inotify)");
    else
        finding_advice(doctor_add(d, "saves", FINDING_NOTE, "noticed within a second (polling)"),
                       "this kind of folder sends no events, or too many are watched already",
                       "if it is the limit: sysctl fs.inotify.max_user_watches");
    free(dir);
}

static void clangd_finding(struct doctor *d, const char *root)
{
    char *file = path_join(root, ".clangd");

    if (path_is_file(file))
        doctor_add(d, "clangd", FINDING_GOOD, "%s tells it where the lab's headers are", file);
    else
        finding_advice(doctor_add(d, "clangd", FINDING_NOTE, "no .clangd in the workspace yet"),
                       "editors underline lab/check.h", "threadmill init");
    free(file);
}

static void progress_finding(struct doctor *d)
{
    const char *note = app_progress(d->app)->note;

    if (note)
        finding_advice(doctor_add(d, "progress", FINDING_NOTE, "%s", note),
                       "what could be read is shown; nothing was deleted", NULL);
    else
        doctor_add(d, "progress", FINDING_GOOD, "readable");
}

void doctor_files(struct doctor *d)
{
    const char *root = d->app->workspace_root;

    room_finding(d, "cache", d->app->paths.cache, 64, "programs cannot be compiled");
    if (!root) {
        finding_advice(doctor_add(d, "workspace", FINDING_BAD, "%s", d->app->workspace_err.msg),
                       "there is no place for your files", "export THREADMILL_WORKSPACE=DIR");
        return;
    }
    room_finding(d, "workspace", root, 2, "your progress cannot be saved");
    watch_finding(d, root);
    clangd_finding(d, root);
    progress_finding(d);
}

/* ---- the editor ------------------------------------------------------------ */

void doctor_editor(struct doctor *d)
{
    static const char *const places[] = {"in the lab's own terminal", "in its own window",
                                         "in a pane of tmux", "in a pane of zellij"};
    struct editor e;

    if (!editor_find(&e))
        finding_advice(doctor_add(d, "editor", FINDING_NOTE, "none found"),
                       "e cannot open your file; any editor elsewhere will do",
                       "export VISUAL=nano, or whatever you use");
    else if (!editor_is_there(&e))
        finding_advice(
            doctor_add(d, "editor", FINDING_NOTE, "'%s' (%s) is not there", e.command, e.from),
            "e cannot open your file", "set VISUAL or EDITOR to the one you use");
    else
        doctor_add(d, "editor", FINDING_GOOD, "%s (%s), %s%s", e.command, e.from,
                   places[editor_place(&e)], e.knows_lines ? ", at the line that fails" : "");
}
