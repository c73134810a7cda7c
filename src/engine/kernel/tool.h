/* tool: the programs that exec can start. The virtual kernel's machine has few of them, in /bin and /usr/bin; they
 * run as code of the engine on the stack of the thread that became one, and each thing they do to a descriptor is
 * an operation like a learner's own. What goes wrong in them is an exit status, never a verdict.
 */
#ifndef ENGINE_TOOL_H
#define ENGINE_TOOL_H

#include "engine/kernel/kernel.h"

#define TOOL_WORDS 64
#define TOOL_TEXT 8192

struct call { /* of a tool */
    char *words[TOOL_WORDS]; /* [0]: its name; they lie in text */
    int count;
    int out;                 /* where its output goes: 1, or 2 */
    uint64_t pc;             /* of the exec */
    char text[TOOL_TEXT];
    size_t used;
};

struct tool;
const struct tool *tool_find(const char *name); /* NULL: there is none */
int tool_run(const struct tool *tool, struct call *c); /* its exit status */

bool tool_put(int fd, const char *bytes, size_t n, uint64_t pc); /* false: it could not write all of it */
bool tool_word(struct call *c, const char *word, size_t n); /* adds a copy; false: too many, or too long */
int shell_run(struct call *c); /* sh */

#endif
