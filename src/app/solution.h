/* solution: may the learner see it yet? Shared by the commands solution and diff. */
#ifndef APP_SOLUTION_H
#define APP_SOLUTION_H

#include "app/cmd.h"

/* True when the exercise passed, or `anyway`, or when it was asked for before; else says how to see
 * it all the same, and remembers that it was asked for. */
bool solution_may_show(struct app *app, const struct exercise *ex, const char *command,
                       bool anyway);

#endif
