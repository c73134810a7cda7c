/* workspace: see workspace.h. The rule behind every function here: the only file that is
 * ever replaced without keeping it is one whose bytes are a known copy of ours. */
#include "session/workspace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARK        ".threadmill"
#define CLANGD_HEAD "# Written by threadmill: where clangd finds <lab/lab.h>.\n"
enum { MAX_FILE = 8 << 20 };

/* ---- where it is ------------------------------------------------------- */

static bool has_mark(const char *dir)
{
    char *mark = path_join(dir, MARK);
    bool yes = path_is_file(mark);
    free(mark);
    return yes;
}

static char *find_above(const char *cwd)
{
    char *dir = xstrdup(cwd);
    while (!has_mark(dir)) {
        if (strcmp(dir, "/") == 0 || strcmp(dir, ".") == 0) {
            free(dir);
            return NULL;
        }
        char *up = path_dirname(dir);
        free(dir);
        dir = up;
    }
    return dir;
}

static char *absolute(const char *cwd, const char *path)
{
    return *path == '/' ? xstrdup(path) : path_join(cwd, path);
}

char *workspace_find(const char *cwd, struct err *e)
{
    char *above = find_above(cwd);
    if (above)
        return above;
    const char *set = getenv("THREADMILL_WORKSPACE");
    if (set && *set)
        return absolute(cwd, set);
    const char *home = getenv("HOME");
    if (home && *home == '/')
        return path_join(home, "threadmill");
    err_set(e, ENOENT,
            "no workspace: there is no home directory; name one with "
            "THREADMILL_WORKSPACE=DIR or make one with 'threadmill init DIR'");
    return NULL;
}

bool workspace_exists(const char *root) { return has_mark(root); }

/* ---- copies ------------------------------------------------------------ */

static char *exercise_dir(const char *root, const struct exercise *ex)
{
    return path_join(root, ex->id);
}

char *workspace_file(const char *root, const struct exercise *ex)
{
    return xasprintf("%s/%s/%s", root, ex->id, ex->edit);
}

static bool same_bytes(const char *a, const char *b)
{
    size_t n = 0, m = 0;
    char *x = file_read(a, MAX_FILE, &n, NULL), *y = file_read(b, MAX_FILE, &m, NULL);
    bool same = x && y && n == m && memcmp(x, y, n) == 0;
    free(x);
    free(y);
    return same;
}

static bool copy_file(const char *from, const char *to, struct err *e)
{
    size_t n = 0;
    char *bytes = file_read(from, MAX_FILE, &n, e);
    bool ok = bytes && file_write_atomic(to, bytes, n, e);
    free(bytes);
    return ok;
}

static bool exists(const char *path) { return access(path, F_OK) == 0; }

/* Renames path to path.1, path.2 ...; the name it got is returned. */
static char *keep_aside(const char *path, struct err *e)
{
    for (int n = 1; n < 100000; n++) {
        char *kept = xasprintf("%s.%d", path, n);
        if (!exists(kept)) {
            if (rename(path, kept) == 0)
                return kept;
            err_set(e, errno, "cannot rename '%s': %s", path, strerror(errno));
            free(kept);
            return NULL;
        }
        free(kept);
    }
    err_set(e, EEXIST, "too many old copies of '%s'", path);
    return NULL;
}

static bool write_text(const char *path, const char *text, struct err *e)
{
    return file_write_atomic(path, text, strlen(text), e);
}

static void count(struct workspace_made *made, bool written)
{
    if (made && written)
        made->files_written++;
    else if (made)
        made->files_kept++;
}

static bool write_missing(const char *path, const char *text, struct workspace_made *made,
                          struct err *e)
{
    bool missing = !exists(path);
    count(made, missing);
    return !missing || write_text(path, text, e);
}

/* ---- one exercise ------------------------------------------------------ */

/* The task's own files: what a learner reads beside the file they edit. */
static bool belongs_to_task(const struct exercise *ex, const char *name)
{
    return strcmp(name, ex->edit) != 0 && (str_ends(name, ".h") || str_ends(name, ".c"));
}

static void add_note(char **note, const char *name, const char *kept)
{
    char *all = xasprintf("%s%s%s belongs to the task: it was put back, the old one is %s",
                          *note ? *note : "", *note ? "; " : "", name, path_basename(kept));
    free(*note);
    *note = all;
}

static bool refresh_file(const char *from, const char *to, char **note, struct workspace_made *made,
                         struct err *e)
{
    if (exists(to)) {
        if (same_bytes(from, to)) {
            count(made, false);
            return true;
        }
        char *kept = keep_aside(to, e);
        if (!kept)
            return false;
        if (note)
            add_note(note, path_basename(to), kept);
        free(kept);
    }
    count(made, true);
    return copy_file(from, to, e);
}

static bool refresh_task_files(const struct exercise *ex, const char *dir, char **note,
                               struct workspace_made *made, struct err *e)
{
    size_t n = 0;
    char **names = dir_list(ex->dir, &n, e);
    bool ok = names != NULL;
    for (size_t i = 0; i < n; i++) {
        if (ok && belongs_to_task(ex, names[i])) {
            char *from = path_join(ex->dir, names[i]), *to = path_join(dir, names[i]);
            ok = refresh_file(from, to, note, made, e);
            free(from);
            free(to);
        }
        free(names[i]);
    }
    free(names);
    return ok;
}

/* TASK.md is only text: a stale one is simply brought up to date. */
static bool write_task(const struct exercise *ex, const char *dir, struct workspace_made *made,
                       struct err *e)
{
    char *path = path_join(dir, "TASK.md");
    char *text = xasprintf("# %s\n\n%s\nEdit `%s`, then run `threadmill check %s`.\n", ex->id,
                           ex->statement ? ex->statement : "", ex->edit, ex->name);
    size_t n = 0;
    char *old = file_read(path, MAX_FILE, &n, NULL);
    bool stale = !old || strcmp(old, text) != 0;
    count(made, stale);
    bool ok = !stale || write_text(path, text, e);
    free(old);
    free(text);
    free(path);
    return ok;
}

static bool make_exercise(const char *root, const struct exercise *ex, char **note,
                          struct workspace_made *made, struct err *e)
{
    char *dir = exercise_dir(root, ex);
    char *mine = workspace_file(root, ex), *starter = path_join(ex->dir, ex->edit);
    bool ok = dir_make_all(dir, e) && write_task(ex, dir, made, e) &&
              refresh_task_files(ex, dir, note, made, e);
    if (ok) {
        bool missing = !exists(mine);
        count(made, missing);
        ok = !missing || copy_file(starter, mine, e);
    }
    free(starter);
    free(mine);
    free(dir);
    return ok;
}

bool workspace_prepare(const char *root, const struct exercise *ex, char **ret_note, struct err *e)
{
    if (ret_note)
        *ret_note = NULL;
    return make_exercise(root, ex, ret_note, NULL, e);
}

bool workspace_reset(const char *root, const struct exercise *ex, char **ret_kept, struct err *e)
{
    char *mine = workspace_file(root, ex), *starter = path_join(ex->dir, ex->edit), *kept = NULL;
    bool ok = true;
    if (exists(mine) && !same_bytes(mine, starter))
        ok = (kept = keep_aside(mine, e)) != NULL;
    ok = ok && make_exercise(root, ex, NULL, NULL, e);
    free(starter);
    free(mine);
    if (ret_kept)
        *ret_kept = kept;
    else
        free(kept);
    return ok;
}

/* ---- the whole --------------------------------------------------------- */

static const char readme[] =
    "# Your Threadmill workspace\n"
    "\n"
    "One folder a lesson, one folder an exercise. In each you find `TASK.md`, the\n"
    "header and the file to edit. These files are yours: nothing here ever overwrites\n"
    "them, and `threadmill reset` keeps the old file beside the new one.\n"
    "\n"
    "    threadmill                 the lab, where you left it\n"
    "    threadmill check           checks the next open exercise\n"
    "    threadmill watch           checks whatever you save\n"
    "    threadmill list            what is done and what is open\n"
    "\n"
    "`progress.txt` is what you have done, in plain text. `.clangd` tells an editor\n"
    "with clangd where the lab's headers are.\n";

static const char mark_text[] =
    "This file marks a Threadmill workspace: commands run at or below this folder use it.\n";

static void add_quoted(struct strbuf *b, const char *s)
{
    strbuf_addc(b, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            strbuf_addc(b, '\\');
        strbuf_addc(b, *s);
    }
    strbuf_addc(b, '"');
}

static char *clangd_text(const char *include)
{
    struct strbuf b = STRBUF_INIT, flag = STRBUF_INIT;
    strbuf_addf(&flag, "-I%s", include);
    strbuf_adds(&b, CLANGD_HEAD "CompileFlags:\n  Add: [-std=gnu11, -Wall, -Wextra, -pthread, ");
    add_quoted(&b, flag.s);
    strbuf_adds(&b, "]\n");
    strbuf_fini(&flag);
    return strbuf_take(&b);
}

/* Ours is brought up to date when the lab moved; one the learner wrote is left alone. */
static bool write_clangd(const char *root, const char *include, struct workspace_made *made,
                         struct err *e)
{
    char *path = path_join(root, ".clangd"), *text = clangd_text(include);
    char *old = file_read(path, MAX_FILE, NULL, NULL);
    bool write = old ? str_starts(old, CLANGD_HEAD) && strcmp(old, text) != 0 : !exists(path);
    count(made, write);
    bool ok = !write || write_text(path, text, e);
    free(old);
    free(text);
    free(path);
    return ok;
}

static bool write_root_file(const char *root, const char *name, const char *text,
                            struct workspace_made *made, struct err *e)
{
    char *path = path_join(root, name);
    bool ok = write_missing(path, text, made, e);
    free(path);
    return ok;
}

bool workspace_init(const char *root, const struct course *c, const char *include,
                    struct workspace_made *made, struct err *e)
{
    struct workspace_made unused;
    struct workspace_made *m = made ? made : &unused;
    *m = (struct workspace_made){0};
    bool ok = dir_make_all(root, e) && write_clangd(root, include, m, e) &&
              write_root_file(root, "README.md", readme, m, e);
    for (size_t i = 0; ok && i < c->lesson_count; i++)
        for (size_t k = 0; ok && k < c->lessons[i].exercise_count; k++)
            ok = make_exercise(root, &c->lessons[i].exercises[k], NULL, m, e);
    /* The mark comes last: a folder that is half made is not yet a workspace. */
    return ok && write_root_file(root, MARK, mark_text, m, e);
}

/* ---- states ------------------------------------------------------------ */

uint64_t workspace_hash(const char *path)
{
    size_t n = 0;
    char *bytes = file_read(path, MAX_FILE, &n, NULL);
    uint64_t h = bytes ? hash_bytes(bytes, n, HASH_SEED) : 0;
    free(bytes);
    return h;
}

const char *exercise_state_id(enum exercise_state s)
{
    static const char *const ids[] = {"open", "passed", "changed"};
    return ids[s];
}

enum exercise_state workspace_state(const char *root, const struct progress *p,
                                    const struct exercise *ex)
{
    uint64_t passed_hash;
    if (!progress_has_passed(p, ex->id, &passed_hash))
        return EXERCISE_OPEN;
    char *mine = workspace_file(root, ex);
    uint64_t hash = workspace_hash(mine);
    free(mine);
    return hash == passed_hash ? EXERCISE_PASSED : EXERCISE_CHANGED;
}
