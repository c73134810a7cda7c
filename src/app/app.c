/* app: where everything is. A build tree and an installed prefix look different; both are found
 * from the running executable, so that a lab that was moved or installed by a user works.
 */
#include "app/app.h"

#include "app/config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_NEEDED 256 /* for everything */
#define FILES_LEAST  32  /* for the commands that only read */

/* What is told may have come from anywhere: no control character reaches the terminal. */
static void make_harmless(char *text)
{
    for (; *text; text++)
        if (((unsigned char)*text < ' ' && *text != '\n' && *text != '\t') || *text == 127)
            *text = '?';
}

int app_fail(const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    make_harmless(b.s);
    fflush(stdout);
    fprintf(stderr, "threadmill: %s\n", b.s);
    strbuf_fini(&b);
    return EXIT_UNJUDGED;
}

/* ---- places --------------------------------------------------------------- */

static bool is_executable(const char *path)
{
    return path_is_file(path) && access(path, X_OK) == 0;
}

static char *exe_dir(struct err *e)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) {
        err_set(e, errno, "cannot find out where threadmill itself is: %s", strerror(errno));
        return NULL;
    }
    path[n] = '\0';
    return path_dirname(path);
}

/* Takes over `path` if the engine is there. */
static bool use_engine(struct app *app, char *engine, char *native)
{
    if (!app->paths.engine && is_executable(engine)) {
        app->paths.engine = engine;
        app->native = native;
        return true;
    }
    free(engine);
    free(native);
    return false;
}

static bool use_prefix(struct app *app, const char *prefix)
{
    char *libexec = path_join(prefix, THREADMILL_LIBEXEC);
    bool ok = use_engine(app, path_join(libexec, "threadmill-engine"),
                         path_join(libexec, "threadmill-native"));
    if (ok) {
        app->paths.include = path_join(libexec, "include");
        app->course_root = path_join(prefix, THREADMILL_DATA);
    }
    free(libexec);
    return ok;
}

static bool use_build(struct app *app, const char *build, const char *source)
{
    bool ok = use_engine(app, path_join(build, "src/engine/threadmill-engine"),
                         path_join(build, "src/engine/native/threadmill-native"));
    if (ok) {
        app->paths.include = path_join(source, "src/engine/include");
        app->course_root = xstrdup(source);
    }
    return ok;
}

static bool find_parts(struct app *app, struct err *e)
{
    const char *root = getenv("THREADMILL_ROOT");
    if (root && *root) {
        if (use_prefix(app, root) || use_build(app, root, THREADMILL_SOURCE))
            return true;
        return err_set(e, ENOENT,
                       "THREADMILL_ROOT is '%s', and there is no %s/threadmill-engine in it", root,
                       THREADMILL_LIBEXEC);
    }
    char *dir = exe_dir(e);
    if (!dir)
        return false;
    char *up = path_join(dir, ".."), *upup = path_join(dir, "../..");
    bool ok = use_build(app, upup, THREADMILL_SOURCE) || use_prefix(app, up) ||
              use_prefix(app, THREADMILL_PREFIX);
    if (!ok)
        err_set(e, ENOENT,
                "the lab is not complete: threadmill-engine is missing (looked beside '%s')", dir);
    free(up);
    free(upup);
    free(dir);
    return ok;
}

static bool usable_dir(const char *path)
{
    return dir_make_all(path, NULL) && access(path, W_OK | X_OK) == 0;
}

static char *home_cache(void)
{
    const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (xdg && *xdg == '/')
        return path_join(xdg, "threadmill");
    return home && *home == '/' ? path_join(home, ".cache/threadmill") : NULL;
}

/* Compiled learner code runs from there, so a folder that others may write to is no place. */
static bool is_ours(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
           !(st.st_mode & 022);
}

static char *find_cache(struct err *e)
{
    char *path = home_cache();
    if (path && usable_dir(path))
        return path;
    free(path);
    const char *tmp = getenv("TMPDIR");
    path = xasprintf("%s/threadmill-%u", tmp && *tmp == '/' ? tmp : "/tmp", (unsigned)geteuid());
    if ((mkdir(path, 0700) == 0 || errno == EEXIST) && is_ours(path) && usable_dir(path))
        return path;
    err_set(e, EACCES,
            "no place for compiled files: neither ~/.cache nor '%s' can be written; set "
            "XDG_CACHE_HOME to a folder that can",
            path);
    free(path);
    return NULL;
}

static void find_workspace(struct app *app)
{
    char cwd[PATH_MAX];
    if (!getcwd(cwd, sizeof cwd))
        strcpy(cwd, "/");
    app->workspace_root = workspace_find(cwd, &app->workspace_err);
}

static char *absolute(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : xstrdup(path);
}

static void tidy(char **path)
{
    char *real = absolute(*path);
    free(*path);
    *path = real;
}

/* The engine's own descriptors are above 200, and libuv ends the program when it gets none. */
static bool open_files(struct err *e)
{
    struct rlimit l;

    if (getrlimit(RLIMIT_NOFILE, &l) != 0 || l.rlim_cur >= FILES_NEEDED)
        return true;
    l.rlim_cur = l.rlim_max < FILES_NEEDED ? l.rlim_max : FILES_NEEDED;
    setrlimit(RLIMIT_NOFILE, &l);
    return l.rlim_cur >= FILES_LEAST ||
           err_set(e, EMFILE, "only %d files may be open here; the lab needs 256 (ulimit -n 256)",
                   (int)l.rlim_cur);
}

bool app_init(struct app *app, const char *course_dir, struct err *e)
{
    *app = (struct app){.course_builtin = !course_dir};
    if (!open_files(e))
        return false;
    if (!find_parts(app, e))
        return false;
    tidy(&app->paths.engine);
    tidy(&app->native);
    tidy(&app->paths.include);
    tidy(&app->course_root);
    if (course_dir) {
        free(app->course_root);
        app->course_root = absolute(course_dir);
    }
    if (!(app->paths.cache = find_cache(e)))
        return false;
    find_workspace(app);
    app->loop = uv_default_loop();
    return true;
}

void app_fini(struct app *app)
{
    course_free(app->course);
    progress_free(app->progress);
    free(app->paths.engine);
    free(app->paths.include);
    free(app->paths.cache);
    free(app->native);
    free(app->course_root);
    free(app->workspace_root);
    *app = (struct app){0};
}

/* ---- loaded on first use ----------------------------------------------------- */

const struct course *app_course(struct app *app)
{
    struct err e = {0};
    if (!app->course && !(app->course = course_load(app->course_root, &e)))
        app_fail("%s", e.msg);
    return app->course;
}

struct progress *app_progress(struct app *app)
{
    if (!app->progress)
        app->progress = progress_load(app->workspace_root ? app->workspace_root : "/nonexistent");
    return app->progress;
}

bool app_workspace_ready(struct app *app, struct err *e)
{
    if (!app->workspace_root)
        return err_set(e, app->workspace_err.code, "%s", app->workspace_err.msg);
    if (workspace_exists(app->workspace_root))
        return true;
    const struct course *c = app_course(app);
    return c && workspace_init(app->workspace_root, c, app->paths.include, NULL, e);
}

/* ---- did you mean -------------------------------------------------------------- */

static size_t least(size_t a, size_t b, size_t c)
{
    return a < b ? (a < c ? a : c) : (b < c ? b : c);
}

/* Levenshtein; words longer than 63 bytes are never near. */
static size_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), row[64];
    if (n > 63 || m > 63)
        return 64;
    for (size_t k = 0; k <= m; k++)
        row[k] = k;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= m; k++) {
            size_t up = row[k];
            row[k] = least(up + 1, row[k - 1] + 1, diagonal + (a[i - 1] != b[k - 1]));
            diagonal = up;
        }
    }
    return row[m];
}

const char *app_nearest(const char *word, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t nearest = strlen(word) / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(word, names[i]);
        if (d < nearest) {
            nearest = d;
            best = names[i];
        }
    }
    return best;
}
