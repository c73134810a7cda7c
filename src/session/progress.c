/* progress: see progress.h. The file is small; it is read and written whole. */
#include "session/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define HEADER "threadmill progress "
enum { VERSION = 1, MAX_BYTES = 4 << 20 };

static void fact_fini(struct fact *f)
{
    free(f->kind);
    free(f->subject);
    free(f->rest);
}

static void facts_fini(struct progress *p)
{
    for (size_t i = 0; i < p->count; i++)
        fact_fini(&p->facts[i]);
    free(p->facts);
    p->facts = NULL;
    p->count = p->cap = 0;
}

void progress_free(struct progress *p)
{
    if (!p)
        return;
    facts_fini(p);
    free(p->dir);
    free(p->note);
    free(p);
}

static struct fact *find(const struct progress *p, const char *kind, const char *subject)
{
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->facts[i].kind, kind) == 0 && strcmp(p->facts[i].subject, subject) == 0)
            return &p->facts[i];
    return NULL;
}

static struct fact *put(struct progress *p, const char *kind, const char *subject, const char *rest)
{
    struct fact *f = find(p, kind, subject);
    if (!f) {
        ARRAY_GROW(p->facts, p->count, p->cap);
        f = &p->facts[p->count++];
        *f = (struct fact){xstrdup(kind), xstrdup(subject), NULL, false};
    }
    char *copy = xstrdup(rest); /* `rest` may be the fact's own */
    free(f->rest);
    f->rest = copy;
    return f;
}

/* ---- reading ----------------------------------------------------------- */

static char *cut_word(char **s)
{
    char *word = *s;
    *s += strcspn(*s, " ");
    if (**s)
        *(*s)++ = '\0';
    *s += strspn(*s, " ");
    return word;
}

static void read_fact(struct progress *p, char *line)
{
    char *kind = cut_word(&line);
    if (!*kind)
        return;
    bool alone = strcmp(kind, "current") == 0;
    char *subject = alone ? "current" : cut_word(&line);
    if (*subject)
        put(p, kind, subject, line);
}

enum reading { READ_WHOLE, READ_CUT, READ_NEWER, READ_ALIEN };

/* All facts of a text up to its `end`. What was read before a cut is kept: it is true. */
static enum reading read_facts(struct progress *p, char *text)
{
    if (strncmp(text, HEADER, strlen(HEADER)) != 0)
        return *text ? READ_ALIEN : READ_CUT;
    int version = atoi(text + strlen(HEADER));
    if (version != VERSION)
        return version > VERSION ? READ_NEWER : READ_ALIEN;
    char *line = strchr(text, '\n');
    while (line) {
        char *next = strchr(++line, '\n');
        if (!next)
            return READ_CUT;
        *next = '\0';
        if (strcmp(line, "end") == 0)
            return READ_WHOLE;
        read_fact(p, line);
        line = next;
    }
    return READ_CUT;
}

static const char *const reading_words[] = {
    [READ_CUT] = "was cut short",
    [READ_NEWER] = "was written by a newer Threadmill",
    [READ_ALIEN] = "is not a progress file",
};

static void remark(struct progress *p, const char *what, bool kept)
{
    free(p->note);
    p->note = xasprintf("progress.txt %s; %s", what,
                        kept ? "kept as progress.txt.bad-N"
                             : "your progress cannot be shown");
}

static void read_file(struct progress *p, const char *path)
{
    struct err e = {0};
    size_t len = 0;
    char *text = file_read(path, MAX_BYTES, &len, &e);
    if (!text) {
        if (e.code != ENOENT)
            remark(p, "cannot be read", p->set_aside = e.code != EACCES && e.code != EISDIR);
        return;
    }
    enum reading how = utf8_valid(text, len) ? read_facts(p, text) : READ_ALIEN;
    if (how != READ_WHOLE) {
        p->set_aside = true;
        remark(p, reading_words[how], true);
    }
    free(text);
}

struct progress *progress_load(const char *dir)
{
    struct progress *p = xcalloc(1, sizeof *p);
    p->dir = xstrdup(dir);
    char *path = path_join(dir, "progress.txt");
    read_file(p, path);
    free(path);
    return p;
}

/* ---- facts ------------------------------------------------------------- */

const char *progress_get(const struct progress *p, const char *kind, const char *subject)
{
    const struct fact *f = find(p, kind, subject);
    return f ? f->rest : NULL;
}

void progress_set(struct progress *p, const char *kind, const char *subject, const char *rest)
{
    const char *old = progress_get(p, kind, subject);
    char *line = xstrdup(rest ? rest : "");
    for (char *s = line; *s; s++)
        if ((unsigned char)*s < ' ' || *s == 127)
            *s = ' ';
    char *trimmed = str_trim(line);
    if (!old || strcmp(old, trimmed) != 0)
        put(p, kind, subject, trimmed)->dirty = true;
    free(line);
}

static void now_text(char out[32])
{
    time_t t = time(NULL);
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void progress_passed(struct progress *p, const char *exercise, uint64_t file_hash)
{
    char date[32];
    uint64_t old;
    if (progress_has_passed(p, exercise, &old) && old == file_hash)
        return;
    now_text(date);
    char *rest = xasprintf("%016" PRIx64 " %s", file_hash, date);
    progress_set(p, "passed", exercise, rest);
    free(rest);
}

bool progress_has_passed(const struct progress *p, const char *exercise, uint64_t *ret_hash)
{
    const char *rest = progress_get(p, "passed", exercise);
    if (rest && ret_hash)
        *ret_hash = strtoull(rest, NULL, 16);
    return rest != NULL;
}

void progress_step_done(struct progress *p, const char *step_id)
{
    progress_set(p, "step", step_id, "done");
}

bool progress_step_is_done(const struct progress *p, const char *step_id)
{
    const char *rest = progress_get(p, "step", step_id);
    return rest && strcmp(rest, "done") == 0;
}

void progress_hints_shown(struct progress *p, const char *exercise, int count)
{
    char number[16];
    if (count <= progress_hints(p, exercise))
        return;
    snprintf(number, sizeof number, "%d", count);
    progress_set(p, "hint", exercise, number);
}

int progress_hints(const struct progress *p, const char *exercise)
{
    const char *rest = progress_get(p, "hint", exercise);
    return rest ? atoi(rest) : 0;
}

void progress_set_current(struct progress *p, const char *step_id)
{
    progress_set(p, "current", "current", step_id);
}

const char *progress_current(const struct progress *p)
{
    return progress_get(p, "current", "current");
}

/* ---- writing ----------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);
    return order ? order : strcmp(x->subject, y->subject);
}

static char *to_text(struct progress *p)
{
    struct strbuf b = STRBUF_INIT;
    qsort(p->facts, p->count, sizeof *p->facts, by_key);
    strbuf_addf(&b, HEADER "%d\n", VERSION);
    for (size_t i = 0; i < p->count; i++) {
        const struct fact *f = &p->facts[i];
        strbuf_adds(&b, f->kind);
        if (strcmp(f->kind, "current") != 0)
            strbuf_addf(&b, " %s", f->subject);
        strbuf_addf(&b, "%s%s\n", *f->rest ? " " : "", f->rest);
    }
    strbuf_adds(&b, "end\n");
    return strbuf_take(&b);
}

/* Counts grow in both labs: of each the larger one. What came last is what came here. */
static char *belief_merged(const char *there, const char *mine)
{
    int a[2] = {0}, b[2] = {0}, used = 0;

    if (sscanf(there, "%6d %6d", &a[0], &a[1]) != 2 ||
        sscanf(mine, "%6d %6d%n", &b[0], &b[1], &used) != 2)
        return xstrdup(mine);
    return xasprintf("%d %d%s", a[0] > b[0] ? a[0] : b[0], a[1] > b[1] ? a[1] : b[1], mine + used);
}

/* Facts changed here win over the file's, except that counts only grow. */
static void lay_over(struct progress *fresh, const struct progress *mine)
{
    for (size_t i = 0; i < mine->count; i++) {
        const struct fact *f = &mine->facts[i];
        if (!f->dirty)
            continue;
        const char *there = progress_get(fresh, f->kind, f->subject);
        if (strcmp(f->kind, "hint") == 0 && there && atoi(there) > atoi(f->rest))
            continue;
        char *merged = there && strcmp(f->kind, "belief") == 0 ? belief_merged(there, f->rest)
                                                               : xstrdup(f->rest);
        put(fresh, f->kind, f->subject, merged);
        free(merged);
    }
}

/* Gives the file a second name, which stays when the first goes to the new one. *ret_kept (caller
 * frees) is that name. */
static bool set_aside(const char *path, char **ret_kept, struct err *e)
{
    for (int n = 1; n < 10000; n++) {
        char *kept = xasprintf("%s.bad-%d", path, n);
        bool taken = access(kept, F_OK) == 0;
        bool ok = !taken && (link(path, kept) == 0 || rename(path, kept) == 0);
        int code = errno;
        if (ok) {
            *ret_kept = kept;
            return true;
        }
        free(kept);
        if (!taken)
            return err_set(e, code, "cannot rename '%s': %s", path, strerror(code));
    }
    return err_set(e, EEXIST, "too many files named '%s.bad-N'", path);
}

/* What cannot be replaced keeps its first name, and only that. */
static void put_back(const char *path, const char *kept)
{
    if (access(path, F_OK) == 0)
        unlink(kept);
    else if (rename(kept, path) != 0)
        return; /* it has its other name still */
}

/* How a save is done: `sync`: lasting; `patient`: waits for another lab that saves. */
struct saving {
    bool sync, patient;
};

static bool write_text(const struct progress *fresh, const char *path, const char *text, bool sync,
                       struct err *e)
{
    char *kept = NULL;
    if (fresh->set_aside && !set_aside(path, &kept, e))
        return false;
    bool ok = file_replace(path, text, strlen(text), sync, e);
    if (!ok && kept)
        put_back(path, kept);
    free(kept);
    return ok;
}

static bool merge_and_write(struct progress *p, const char *path, bool sync, struct err *e)
{
    struct progress *fresh = progress_load(p->dir);
    lay_over(fresh, p);
    char *text = to_text(fresh);
    bool ok = write_text(fresh, path, text, sync, e);
    free(text);
    if (ok) {
        facts_fini(p);
        p->facts = fresh->facts;
        p->count = fresh->count;
        p->cap = fresh->cap;
        p->set_aside = false;
        fresh->facts = NULL;
        fresh->count = 0;
    }
    progress_free(fresh);
    return ok;
}

#define LOCK_TRIES 20 /* of a millisecond */

/* False when another lab holds it, for longer than a save takes, or it cannot be had at all. */
static bool lock_take(int fd, bool patient)
{
    const struct timespec brief = {.tv_nsec = 1000000};
    for (int tries = 0; flock(fd, patient ? LOCK_EX : LOCK_EX | LOCK_NB) != 0;) {
        if (errno == EWOULDBLOCK && ++tries < LOCK_TRIES)
            nanosleep(&brief, NULL);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

static int lock_open(const char *dir, bool patient, struct err *e)
{
    char *path = path_join(dir, ".progress.lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        err_set(e, errno, "cannot write in '%s': %s", dir, strerror(errno));
    free(path);
    if (fd < 0 || lock_take(fd, patient))
        return fd;
    err_set(e, errno, "cannot lock '%s': %s", dir,
            errno == EWOULDBLOCK ? "another lab holds it" : strerror(errno));
    close(fd);
    return -1;
}

static bool anything_dirty(const struct progress *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->facts[i].dirty)
            return true;
    return false;
}

static bool save(struct progress *p, struct saving how, struct err *e)
{
    if (!anything_dirty(p))
        return true;
    if (!dir_make_all(p->dir, e))
        return false;
    int lock = lock_open(p->dir, how.patient, e);
    if (lock < 0)
        return false;
    char *path = path_join(p->dir, "progress.txt");
    bool ok = merge_and_write(p, path, how.sync, e);
    free(path);
    close(lock);
    return ok;
}

bool progress_save(struct progress *p, struct err *e)
{
    return save(p, (struct saving){.sync = true, .patient = true}, e);
}

bool progress_save_quick(struct progress *p, struct err *e)
{
    return save(p, (struct saving){0}, e);
}

void progress_sync(const struct progress *p)
{
    char *path = path_join(p->dir, "progress.txt");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(path);
}

char *progress_save_elsewhere(struct progress *p)
{
    const char *folder = getenv("TMPDIR");
    struct progress *fresh = progress_load(p->dir);
    char *path = xasprintf("%s/threadmill-progress-XXXXXX", folder && *folder ? folder : "/tmp");
    lay_over(fresh, p);
    char *text = to_text(fresh);
    int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    bool ok = fd >= 0 && file_write_atomic(path, text, strlen(text), NULL);
    if (fd >= 0 && !ok)
        unlink(path);
    free(text);
    progress_free(fresh);
    if (ok)
        return path;
    free(path);
    return NULL;
}
