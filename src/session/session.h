/* session: the one state of the terminal UI and its one writer.
 *
 * Whatever happens - a key, a saved file, a word from the engine - becomes a message;
 * session_update changes the state and says in effects what the loop in app/ has to do. It never
 * waits, prints, starts anything or asks the clock, so a session can be driven without a terminal.
 * Views read a const session. A room inside the room is a part (struct session_part): drive, demo
 * and failure keep their own state and answer for their own screen.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "course/course.h"
#include "report/report.h"
#include "trace/trace.h"

/* ---- vocabularies ------------------------------------------------------- */

enum screen_id {
#define SCREEN(name, id) SCREEN_##name,
#include "session/screens.def"
#undef SCREEN
    SCREEN_COUNT
};
const char *screen_id_name(enum screen_id s); /* "map" */

#define ON(name) (1u << SCREEN_##name)
#define ON_ALL   ((1u << SCREEN_COUNT) - 1)

enum key_request {
    KEY_NOTHING,
#define K(name, keys, screens, label, help) KEY_##name,
#include "session/keys.def"
#undef K
    KEY_REQUEST_COUNT
};
struct key_row {
    const char *keys, *label, *help;
    unsigned screens; /* ON(...) */
};
/* The row of a request; KEY_NOTHING has empty strings. */
const struct key_row *key_row(enum key_request r);

/* ---- what a drive, a demo or a failure is about -------------------------- */

enum target_kind { TARGET_NONE, TARGET_DRIVE, TARGET_DEMO, TARGET_EXERCISE, TARGET_FILE };
/* Strings belong to the target. */
struct target {
    enum target_kind kind;
    const struct lesson *lesson;     /* NULL for FILE */
    const struct step *step;         /* DRIVE, DEMO */
    const struct block *block;       /* DRIVE, DEMO */
    const struct exercise *exercise; /* EXERCISE */
    char *file;                      /* the C file, absolute */
    char *test;                      /* scenario; NULL = main, or the first */
    char *args;                      /* what main gets in a drive; NULL = nothing */
    char *token;                     /* replay token to start from; NULL = from the beginning */
    bool at_start;                   /* token: none of its steps played yet */
    long steps;                      /* token: > 0: only that many of its steps played */
};
void target_fini(struct target *t);
/* "counter": of the exercise, else of the file. Caller frees. */
char *target_name(const struct target *t);
void target_copy(struct target *to, const struct target *from);

/* ---- messages ------------------------------------------------------------ */

enum message_kind {
    MESSAGE_NONE,
    MESSAGE_KEY,          /* request, n; POINT on a demo: cols of rows, how far along its lane */
    MESSAGE_TYPED,        /* n = code point, text = the same as UTF-8 (NULL below 32), while
                           * `session_types` is true; 8 = backspace, 13 = Enter, 27 = Esc */
    MESSAGE_RESIZE,       /* rows, cols */
    MESSAGE_SAVED,        /* text = path that changed */
    MESSAGE_EDITOR_ENDED, /* text = why it could not start, or NULL */
    MESSAGE_UNSAVED,      /* text = why the progress could not be saved; NULL: it is now */
    MESSAGE_NOTICE,       /* text for the notice line */
    MESSAGE_DAY,          /* n = today: days since 1970-01-01, see recall.h */
    MESSAGE_TICK,         /* as asked with EFFECT_TICK; ns = monotonic clock */
    /* a check */
    MESSAGE_CHECK_PROGRESS, /* trace->progress */
    MESSAGE_CHECK_DONE,     /* report (taken over); NULL: it was stopped before anything was known */
    /* the engine of a drive */
    MESSAGE_ENGINE_READY,  /* text = source of the file; trace = HELLO */
    MESSAGE_ENGINE_FAILED, /* text = why; n = verdict; report->build_output = what the compiler says, or NULL */
    MESSAGE_ENGINE,        /* trace: whatever it says (contents may be taken over) */
    /* a native run (demo) */
    MESSAGE_DEMO_READY,  /* built and started: lanes is valid until EFFECT_DEMO_STOP */
    MESSAGE_DEMO_FAILED, /* text */
    MESSAGE_DEMO_OUTPUT, /* text, not yet shown */
    MESSAGE_DEMO_ENDED,  /* n = wait status, elapsed, cpu */
};
struct lane_log;
struct message {
    enum message_kind kind;
    enum key_request request;
    long n;
    int rows, cols;
    uint64_t ns;
    char *text;              /* the message's owner frees it, unless update took it (NULL then) */
    struct trace_msg *trace; /* the same */
    struct report *report;   /* the same */
    const struct lane_log *lanes;
    uint64_t hash; /* CHECK_DONE: workspace_hash of the file that was judged */
    double elapsed, cpu;
};
/* Frees what is left inside. */
void message_fini(struct message *m);

/* ---- effects -------------------------------------------------------------- */

enum effect_kind {
    EFFECT_QUIT,
    EFFECT_SUSPEND, /* Ctrl-Z */
    EFFECT_REPAINT,
    EFFECT_SAVE,  /* write the progress file */
    EFFECT_EDIT,  /* text = path, n = line (0 = none) */
    EFFECT_WATCH, /* text = path to watch instead of what was watched; NULL = nothing */
    EFFECT_CHECK, /* exercise: build and judge; any running check is stopped first */
    EFFECT_CHECK_STOP,  /* no answer any more; with n = 1: answers CHECK_DONE with what is known */
    EFFECT_PREPARE, /* exercise: make its folder in the workspace complete */
    EFFECT_RESET, /* exercise: put the starter back, keeping the old file; answers NOTICE, SAVED */
    EFFECT_MOUSE, /* take it, or leave it to the terminal */
    EFFECT_COPY,  /* text to the clipboard */
    EFFECT_TICK,  /* n = milliseconds between MESSAGE_TICKs; 0 = no more */
    EFFECT_ENGINE_OPEN, /* target: compile it and start an engine; the one before is stopped */
    EFFECT_ENGINE_ASK,  /* request; watches carry names only, the loop finds their places */
    EFFECT_ENGINE_CLOSE,
    EFFECT_DEMO_START, /* target, text = arguments, text2 = compiler flags (NULL = -O2) */
    EFFECT_DEMO_STOP,
};
struct effect {
    enum effect_kind kind;
    long n;
    char *text, *text2;
    const struct exercise *exercise;
    struct target target;
    struct trace_request *request;
};
struct effects {
    struct effect *list;
    size_t count, cap;
};
/* Adds one; strings given are copied where they are const char *. */
struct effect *effects_add(struct effects *fx, enum effect_kind kind);
void effects_add_text(struct effects *fx, enum effect_kind kind, const char *text, long n);
void effects_fini(struct effects *fx);

/* ---- the state ------------------------------------------------------------ */

struct session;
/* A screen with a state of its own, in a file of its own. Registered in session/parts.c. */
struct session_part {
    /* The screen is about to show session->target (or nothing in particular). */
    void (*open)(struct session *s, struct effects *fx);
    /* Requests (KEY_BACK, HELP and the like are handled before) and typing while it is on top;
     * engine, demo and tick messages while it is anywhere on the stack. RESIZE always. */
    void (*update)(struct session *s, struct message *m, struct effects *fx);
    /* The screen is left: free the state, stop what runs. */
    void (*close)(struct session *s, struct effects *fx);
    /* What lay over it is gone: it is on top again. NULL: nothing to do. */
    void (*shown)(struct session *s, struct effects *fx);
    /* KEY_BACK: true when it went back inside the screen. NULL: the screen is left. */
    bool (*back)(struct session *s, struct effects *fx);
    /* Are typed characters text now? Will it speak up by itself? NULL: never. */
    bool (*types)(const struct session *s);
    bool (*busy)(const struct session *s);
};
extern const struct session_part *const session_parts[SCREEN_COUNT]; /* NULL: none */

struct map_state;       /* session/map.h */
struct reading_state;   /* session/reading.h */
struct exercise_screen; /* session/exercise.h */
struct scroll_state;    /* session/scroll.h */
struct drive_state;     /* session/drive_screen.h */
struct demo_state;      /* session/demo.h */
struct failure_state;   /* session/failure.h */
struct help_state;      /* session/help.h */
struct cards_state;     /* session/cards.h */
struct ledger_state;    /* session/ledger.h */
struct progress;        /* session/progress.h */

#define SESSION_DEPTH 12

struct session {
    const struct course *course;
    struct progress *progress;
    char *workspace;                     /* root, see session/workspace.h */
    int rows, cols;                      /* of the screen */
    enum screen_id stack[SESSION_DEPTH]; /* stack[depth - 1] is shown */
    int depth;
    int direct;                 /* > 0: leaving the screen at this depth leaves the lab */
    bool help;                  /* the help page lies over it */
    struct help_state *help_page; /* while `help`; session/help.h */
    long day;                   /* today, as MESSAGE_DAY said; 0 before that */
    char *notice;               /* one line, until the next key; NULL = none */
    char *unsaved;              /* why the progress file is behind; NULL: it is not */
    bool python;                /* R: show the Python side */
    bool told_statement;        /* that one statement may be several steps, in a drive */
    /* {{cores}}: the machine's figures; may be NULL */
    const char *(*measured)(void *arg, const char *name);

    struct report *report; /* of the last check, or the one to look at; NULL */
    size_t report_test;    /* selected in it */
    struct check_state {
        const struct exercise *exercise; /* being checked; NULL = nothing */
        char *phase;                     /* in words; NULL */
        char *test;
        uint64_t runs;
        double rate;
        int finished;  /* see trace_msg.progress */
        bool stopping; /* Esc: what is known so far comes as a report */
    } check;
    struct target target; /* of the drive, demo or failure that is open */

    struct map_state *map;
    struct reading_state *reading;
    struct exercise_screen *exercise;
    struct scroll_state *scroll;
    struct cards_state *cards;
    struct ledger_state *ledger;
    struct drive_state *drive;
    struct demo_state *demo;
    struct failure_state *failure;
};

/* `progress` stays the caller's; `workspace` is the root folder, copied. */
struct session *session_new(const struct course *course, struct progress *progress,
                            const char *workspace, int rows, int cols);
void session_free(struct session *s);

/* The lab was started for one thing: opens it, and leaving it leaves the lab. `report` (taken over,
 * may be NULL) is what SCREEN_FAILURE looks at. */
void session_open_direct(struct session *s, enum screen_id screen, const struct target *t,
                         struct report *report, size_t report_test, struct effects *fx);

/* The only writer. Contents of `m` may be taken over; the caller still calls message_fini. */
void session_update(struct session *s, struct message *m, struct effects *fx);

/* ---- for the parts and the views ------------------------------------------- */

enum screen_id session_screen(const struct session *s);             /* the one on top */
bool session_shows(const struct session *s, enum screen_id screen); /* anywhere on the stack */
/* True while typed characters are text (search, a number to answer): keys are not looked up. */
bool session_types(const struct session *s);
/* True while something runs that will speak up by itself (for `wait idle` in scripts). */
bool session_busy(const struct session *s);

void session_push(struct session *s, enum screen_id screen, struct effects *fx);
void session_pop(struct session *s, struct effects *fx);
void session_notice(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Opens a screen for a target (copied): SCREEN_DRIVE, SCREEN_DEMO or SCREEN_FAILURE. */
void session_open(struct session *s, enum screen_id screen, const struct target *t,
                  struct effects *fx);
/* The lesson and step that count as "here" (for titles, and for next). NULL when none. */
const struct lesson *session_lesson(const struct session *s);
const struct step *session_step(const struct session *s);
/* Opens a text to scroll through; `text` is taken over. Lines are shown as they are; `code` colours
 * them as C. */
void session_open_text(struct session *s, const char *title, char *text, bool code,
                       struct effects *fx);
/* What the compiler says, without the folders of its files and no wider than the page. */
void session_open_compiler_text(struct session *s, const char *text, struct effects *fx);
/* Opens a step, and whatever the learner does there. */
void session_open_step(struct session *s, const struct lesson *l, const struct step *st,
                       struct effects *fx);
void session_open_exercise(struct session *s, const struct exercise *ex, struct effects *fx);
/* Marks a step as done, remembers it as current, and asks for the progress to be saved. */
void session_step_done(struct session *s, const struct step *st, struct effects *fx);
/* A demo that ran, a drive whose goal was met (`how`: "par", "5 steps", "impossible"). The step is
 * done when all its demos, drives and exercises are. Remembered as `done 03.5/2 par`. */
void session_block_done(struct session *s, const struct step *st, const struct block *b,
                        const char *how, struct effects *fx);
/* An exercise passed, in the lab or in the shell, with a file of this hash (workspace_hash): remembers the pass, the
 * first time what it says about beliefs, and the steps in which it was the last thing to do. The caller saves. */
void session_exercise_passed(const struct course *c, struct progress *p, const struct exercise *ex, uint64_t hash);
/* `how`, or NULL when it was not done yet. EXERCISE: "passed". */
const char *session_block_state(const struct session *s, const struct step *st,
                                const struct block *b);
/* The step after (by = 1) or before (-1), into the next lesson if need be; NULL at the end. */
const struct step *session_step_beside(const struct session *s, const struct lesson *l,
                                       const struct step *st, int by,
                                       const struct lesson **ret_lesson);
/* Rows and columns between title and last lines, see view/view.h. */
int session_rows(const struct session *s);
int session_cols(const struct session *s);

#endif
