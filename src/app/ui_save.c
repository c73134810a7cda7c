/* ui_save: the progress file keeps up with what is shown.
 *
 * Invariant: no frame shows more than the progress file has, except while saving fails. Then the
 * state is kept in memory, the screen says so, and it is tried again until it is saved. The write
 * comes before the frame and is cheap; making it last through a power cut comes after, on another
 * thread, so a slow disk holds up no key.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/ui_loop.h"

#define SAVE_AFTER_MS 1
#define AGAIN_MS      1000

/* ---- lasting --------------------------------------------------------------- */

static void sync_file(uv_work_t *w)
{
    struct ui *ui = (struct ui *)((char *)w - offsetof(struct ui, syncing));

    progress_sync(ui->app->progress);
}

static void synced(uv_work_t *w, int status)
{
    struct ui *ui = (struct ui *)((char *)w - offsetof(struct ui, syncing));

    (void)status;
    ui->syncing_now = false;
}

static void sync_soon(struct ui *ui)
{
    if (!ui->syncing_now)
        ui->syncing_now = uv_queue_work(ui->loop, &ui->syncing, sync_file, synced) == 0;
}

/* ---- saving ---------------------------------------------------------------- */

static void tell(struct ui *ui, const char *why)
{
    struct message m = {.kind = MESSAGE_UNSAVED, .text = why ? xstrdup(why) : NULL};

    ui_send(ui, &m);
}

/* A line of the screen has no room for the path as well. */
static const char *reason(const struct err *e)
{
    switch (e->code) {
    case 0: return e->msg;
    case EWOULDBLOCK: return "another lab holds the file";
    case EACCES:
    case EROFS: return "the workspace may not be written";
    case EISDIR: return "progress.txt is a folder";
    case EEXIST:
    case ENOTDIR: return "what should be the workspace is no folder";
    default: return strerror(e->code);
    }
}

static void save_due(uv_timer_t *t) { ui_save_now(t->data); }

void ui_save_now(struct ui *ui)
{
    struct err e = {0};

    if (!ui->unsaved || !ui->app->workspace_root)
        return;
    if (progress_save_quick(ui->app->progress, &e)) {
        ui->unsaved = false;
        uv_timer_stop(&ui->save);
        if (ui->session->unsaved)
            tell(ui, NULL);
        sync_soon(ui);
        return;
    }
    uv_timer_start(&ui->save, save_due, AGAIN_MS, 0);
    tell(ui, reason(&e));
}

void ui_save(struct ui *ui)
{
    ui->unsaved = true;
    if (!uv_is_active((uv_handle_t *)&ui->save))
        uv_timer_start(&ui->save, save_due, SAVE_AFTER_MS, 0);
}

/* ---- the end --------------------------------------------------------------- */

/* The terminal is given back already. What cannot be saved where it belongs is kept elsewhere. */
void ui_save_last(struct ui *ui)
{
    struct progress *p = ui->app->progress;
    struct err e = {0};

    if (!ui->app->workspace_root)
        return;
    if (progress_save(p, &e)) {
        if (!ui->syncing_now)
            progress_sync(p);
        return;
    }
    char *kept = progress_save_elsewhere(p);
    if (kept)
        app_fail("your progress could not be saved: %s\n"
                 "it is kept in '%s'; when there is room again: mv '%s' '%s/progress.txt'",
                 e.msg, kept, kept, ui->app->workspace_root);
    else
        app_fail("your progress could not be saved: %s", e.msg);
    free(kept);
}
