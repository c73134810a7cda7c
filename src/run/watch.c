/* watch: one callback per save of a file.
 *
 * Two ways a save can be noticed - inotify on the folder (an editor may rename over the file), and,
 * where inotify cannot be trusted, a look at the file each second - all end in the same place: a
 * short wait until nothing happens any more, then a look whether the file is another one than last
 * time. So it does not matter how often or in how many steps it was noticed.
 */
#include "run/inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#define SETTLE_MS 25
#define LOOK_MS   1000

/* What changes whenever a file is saved. */
struct stamp {
    bool exists;
    struct timespec modified;
    off_t size;
    ino_t inode;
};

struct run_watch {
    uv_fs_event_t event;
    uv_timer_t settle, look;
    int open;
    bool listening; /* `event` is in use */
    char *path;
    struct stamp told;
    run_changed_cb *cb; /* NULL: stopped */
    void *data;
};

static struct stamp read_stamp(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return (struct stamp){0};
    return (struct stamp){true, st.st_mtim, st.st_size, st.st_ino};
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* Not ctime: it also changes when a file is made readable or linked, which is no save. */
static bool same_save(const struct stamp *a, const struct stamp *b)
{
    return a->exists == b->exists && same_time(&a->modified, &b->modified) && a->size == b->size &&
           a->inode == b->inode;
}

static void on_closed(uv_handle_t *h)
{
    struct run_watch *w = h->data;
    if (--w->open > 0)
        return;
    free(w->path);
    free(w);
}

/* A file that is just not there is between two names: the next event tells. */
static void on_settled(uv_timer_t *t)
{
    struct run_watch *w = t->data;
    struct stamp now = read_stamp(w->path);
    if (!now.exists || same_save(&now, &w->told))
        return;
    w->told = now;
    w->cb(w->data, w->path);
}

static void notice(struct run_watch *w)
{
    struct stamp now = read_stamp(w->path);
    if (w->cb && now.exists && !same_save(&now, &w->told))
        uv_timer_start(&w->settle, on_settled, SETTLE_MS, 0);
}

static void on_look(uv_timer_t *t) { notice(t->data); }

static void look_each_second(struct run_watch *w)
{
    if (!uv_is_active((uv_handle_t *)&w->look))
        uv_timer_start(&w->look, on_look, LOOK_MS, LOOK_MS);
}

/* The folder itself may be removed and made anew; its events end with it. Events about the folder
 * come with its own name. */
static void on_event(uv_fs_event_t *h, const char *name, int events, int status)
{
    struct run_watch *w = h->data;
    char *dir = path_dirname(w->path);
    bool lost = status < 0 || !path_is_dir(dir) || (name && strcmp(name, path_basename(dir)) == 0);
    if (w->cb && lost)
        look_each_second(w);
    free(dir);
    if (!name || strcmp(name, path_basename(w->path)) == 0)
        notice(w);
}

/* Network folders, shared folders of virtual machines and the like send no events, or not all: a
 * file system that is not known to be of this machine is looked at. Numbers as in statfs(2). */
static bool events_can_be_trusted(const char *dir)
{
    static const unsigned long local[] = {
        0xef53,     /* ext2, ext3, ext4 */
        0x58465342, /* xfs */
        0x9123683e, /* btrfs */
        0x01021994, /* tmpfs */
        0x794c7630, /* overlayfs */
        0x2fc12fc1, /* zfs */
        0xf2f52010, /* f2fs */
        0xca451a4e, /* bcachefs */
        0x858458f6, /* ramfs */
    };
    struct statfs fs;
    if (statfs(dir, &fs) != 0)
        return false;
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        if ((unsigned long)fs.f_type == local[i])
            return true;
    return false;
}

/* False when a look each second has to do. */
static bool listen_to_folder(struct run_watch *w, uv_loop_t *loop)
{
    if (uv_fs_event_init(loop, &w->event) != 0)
        return false;
    w->event.data = w;
    w->open++;
    w->listening = true;
    char *dir = path_dirname(w->path);
    bool ok = uv_fs_event_start(&w->event, on_event, dir, 0) == 0 && events_can_be_trusted(dir);
    free(dir);
    return ok;
}

struct run_watch *run_watch_start(uv_loop_t *loop, const char *path, run_changed_cb *cb, void *data)
{
    struct run_watch *w = xcalloc(1, sizeof *w);
    w->path = xstrdup(path);
    w->told = read_stamp(path);
    w->cb = cb;
    w->data = data;
    w->open = 2;
    uv_timer_init(loop, &w->settle);
    uv_timer_init(loop, &w->look);
    w->settle.data = w->look.data = w;
    if (!listen_to_folder(w, loop))
        look_each_second(w);
    return w;
}

void run_watch_stop(struct run_watch *w)
{
    if (!w || !w->cb)
        return;
    w->cb = NULL;
    if (w->listening)
        uv_close((uv_handle_t *)&w->event, on_closed);
    uv_close((uv_handle_t *)&w->settle, on_closed);
    uv_close((uv_handle_t *)&w->look, on_closed);
}

static void ignore(void *data, const char *path)
{
    (void)data;
    (void)path;
}

bool run_watch_listens(uv_loop_t *loop, const char *dir)
{
    char *path = path_join(dir, "any");
    struct run_watch *w = run_watch_start(loop, path, ignore, NULL);
    bool listens = !uv_is_active((uv_handle_t *)&w->look);
    free(path);
    run_watch_stop(w);
    return listens;
}
