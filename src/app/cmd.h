/* cmd: what the commands share: the table, their options, how they write.
 *
 * A command is `int cmd_NAME(struct app *, int argc, char **argv)`; argv[0] is its name; what it
 * returns is the exit status: EXIT_HOLDS, EXIT_FAILS or EXIT_UNJUDGED, nothing else.
 */
#ifndef APP_CMD_H
#define APP_CMD_H

#include "app/app.h"
#include "app/judge.h"

struct command {
    const char *name, *usage, *summary, *help;
    int (*run)(struct app *app, int argc, char **argv);
};
extern const struct command commands[];
extern const size_t command_count;

#define C(name, usage, summary, help) int cmd_##name(struct app *app, int argc, char **argv);
#include "app/commands.def"
#undef C

/* ---- options -------------------------------------------------------------- */

enum opt_kind {
    OPT_FLAG,    /* bool */
    OPT_TEXT,    /* const char * */
    OPT_NUMBER,  /* long, not negative */
    OPT_SECONDS, /* double, above 0 */
    OPT_LIST     /* struct opt_list: may be given several times */
};
struct opt_list {
    const char *items[32];
    size_t count;
};
struct opt {
    const char *name; /* without the dashes */
    enum opt_kind kind;
    void *to;
};
struct args {
    const char *items[16]; /* what is no option */
    size_t count;
    char **rest; /* after "--" */
    size_t rest_count;
};
/* Options and arguments may be mixed; "--name=value" and "--name value" are the same. At most
 * `most` arguments. False with `e` in words. */
bool opt_parse(int argc, char **argv, const struct opt *opts, size_t opt_count, size_t least,
               size_t most, struct args *out, struct err *e);
/* What is after "--", with blanks between, as a lesson writes it. Caller frees. */
char *args_join(const struct args *a);
/* The usual answer to a false opt_parse: the sentence and where to find help; returns 2. */
int opt_fail(const char *command, const struct err *e);
/* "--json" anywhere before "--": known before the options are parsed, so that errors too are JSON.
 */
bool opt_wants_json(int argc, char **argv);

/* ---- writing ---------------------------------------------------------------- */

/* To stdout. Errors are kept; out_end tells. */
void out_text(const char *s);
void out_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Flushes. `status`, or 2 when something could not be written (said on stderr, unless the reader
 * has simply gone away). */
int out_end(int status);

/* ---- judging from the command line -------------------------------------------- */

/* Judges and prints (text at 80 columns, or JSON), remembers replay tokens; the exit status. Shows
 * progress on stderr when that is a terminal. With an exercise, `passed` (may be NULL) says whether
 * it passed. */
int cmd_judge(struct app *app, const struct exercise *ex, const char *subject, const char *file,
              const struct judge_options *o, bool json, bool *ret_passed);
/* A report that only says why nothing was judged; prints it as JSON or text; returns 2. */
int cmd_trouble(const char *subject, bool json, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* doctor, when the parts of the lab were not found: `missing` says which. */
int cmd_doctor_without_lab(const struct err *missing, int argc, char **argv);

/* The exercise called `name`, or a sentence with the nearest name in `e`. */
const struct exercise *cmd_exercise(struct app *app, const char *name, struct err *e);

#endif
