/* doctor: does the lab work here? Each finding is something that was tried or looked up, never
 * guessed from a name, with what it means and what to do.
 */
#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H

#include "app/app.h"

enum finding_state {
    FINDING_GOOD,
    FINDING_NOTE, /* works, with less; or nothing to do about it */
    FINDING_BAD   /* something the lab needs is missing */
};
struct finding {
    char *name; /* "compiler" */
    enum finding_state state;
    char *found;
    char *means; /* what will not work; NULL when it is good */
    char *fix;   /* NULL: nothing to do */
};
struct doctor {
    struct app *app; /* NULL: the parts of the lab were not found */
    struct finding *list;
    size_t count, cap;
};

/* Adds a finding; `found` is a format. Set means and fix in the one that is returned. */
struct finding *doctor_add(struct doctor *d, const char *name, enum finding_state state,
                           const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Both copied. */
void finding_advice(struct finding *f, const char *means, const char *fix);

/* doctor_lab.c: a program is compiled, explored and run, as a check would. */
void doctor_compiler(struct doctor *d);
void doctor_engine(struct doctor *d);
void doctor_threads(struct doctor *d);
/* doctor_place.c: where it runs. */
void doctor_terminal(struct doctor *d);
void doctor_machine(struct doctor *d);
void doctor_limits(struct doctor *d);
void doctor_files(struct doctor *d);
void doctor_editor(struct doctor *d);

#endif
