/* ui_loop: what the files of the UI share. One struct ui for the whole run of the lab. */
#ifndef APP_UI_LOOP_H
#define APP_UI_LOOP_H

#include "app/judge.h"
#include "app/ui.h"

struct ui {
    struct app *app;
    uv_loop_t *loop;
    struct session *session;
    struct screen *screen; /* NULL: a script, nothing is shown */
    struct canvas canvas;
    bool dirty, quitting;
    bool paste_told; /* of this paste it has been said that it is no typing */
    int status;

    uv_poll_t keys;
    uv_poll_cb keys_cb;        /* to start it again after the terminal was lent */
    uv_prepare_t before_sleep; /* draws */
    uv_signal_t signals[7];
    uv_timer_t tick, save;
    bool unsaved;     /* the progress has what its file has not */
    uv_work_t syncing;
    bool syncing_now;
    uv_work_t making; /* the workspace, in the background */
    bool making_now;
    struct { /* asked for meanwhile; done when the workspace is there */
        const struct exercise *prepare, *check;
        char *watch;
    } later;

    struct judge *judge;
    const struct exercise *judged;
    uint64_t judged_hash;
    struct run_watch *watch;

    /* the engine of a drive: a build, then an engine */
    struct run_job *job;
    struct run_engine *engine;
    char *engine_file;
    struct run_native *native; /* a demo */
    char *native_args;

    bool editor_in_front; /* the terminal is lent to it */
    uv_process_t *front;

    struct script *script;
};

/* Hands a message to the session and carries out what it asks for. Frees what is left in `m`. */
void ui_send(struct ui *ui, struct message *m);
void ui_notice(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Leaves the lab: no effect or message after this. */
void ui_quit(struct ui *ui, int status);

/* ---- ui_save.c: the progress file ---------------------------------------------- */
/* Before the next frame. */
void ui_save(struct ui *ui);
void ui_save_now(struct ui *ui);
/* At the end; says on stderr what could not be saved, and where it is kept. */
void ui_save_last(struct ui *ui);

/* ---- ui_run.c: checks, engines, demos ---------------------------------------- */
void ui_check_start(struct ui *ui, const struct exercise *ex);
void ui_check_stop(struct ui *ui);
/* Stops it, and reports what is known. */
void ui_check_finish(struct ui *ui);
void ui_engine_open(struct ui *ui, const struct target *t);
void ui_engine_ask(struct ui *ui, struct trace_request *req);
void ui_engine_close(struct ui *ui);
void ui_demo_start(struct ui *ui, const struct target *t, const char *args, const char *cflags);
void ui_demo_stop(struct ui *ui);
void ui_watch(struct ui *ui, const char *path);

/* ---- ui_edit.c ----------------------------------------------------------------- */
void ui_edit(struct ui *ui, const char *path, int line);
/* Gives the terminal back and stops this process, as Ctrl-Z does; returns after fg. */
void ui_suspend(struct ui *ui);

/* ---- ui_script.c ------------------------------------------------------------------ */
struct script *script_load(const char *path, struct err *e);
/* Closes its handles; to be freed when the loop has ended. NULL is fine for both. */
void script_close(struct script *s);
void script_free(struct script *s);
/* The first size it asks for (":size 80x24"), or that. */
void script_size(const struct script *s, int *ret_rows, int *ret_cols);
/* Goes on with the script as far as it can now; called after every turn of the loop. */
void script_step(struct ui *ui);

#endif
