/* editor: see editor.h. */
#include "app/editor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the editors there are ------------------------------------------------- */

enum line_form {
    LINE_NONE,
    LINE_PLUS,  /* +12 file */
    LINE_COLON, /* file:12 */
    LINE_GOTO,  /* -r -g file:12: VS Code and its kin, in the window that is open */
    LINE_L,     /* -l 12 file */
    LINE_G      /* file -g 12 */
};
/* clang-format off */
static const struct known {
    const char *name;
    enum line_form line;
    bool window;
} editors[] = {
    {"vi", LINE_PLUS, false}, {"vim", LINE_PLUS, false}, {"nvim", LINE_PLUS, false},
    {"view", LINE_PLUS, false}, {"vis", LINE_PLUS, false}, {"nano", LINE_PLUS, false},
    {"emacs", LINE_PLUS, false}, {"emacsclient", LINE_PLUS, false}, {"mg", LINE_PLUS, false},
    {"micro", LINE_PLUS, false}, {"joe", LINE_PLUS, false}, {"jed", LINE_G, false},
    {"ne", LINE_PLUS, false}, {"kak", LINE_PLUS, false}, {"mcedit", LINE_PLUS, false},
    {"editor", LINE_PLUS, false}, {"sensible-editor", LINE_PLUS, false},
    {"hx", LINE_COLON, false}, {"helix", LINE_COLON, false},
    {"code", LINE_GOTO, true}, {"codium", LINE_GOTO, true}, {"code-insiders", LINE_GOTO, true},
    {"cursor", LINE_GOTO, true}, {"subl", LINE_COLON, true}, {"zed", LINE_COLON, true},
    {"gvim", LINE_PLUS, true}, {"gedit", LINE_PLUS, true}, {"kate", LINE_L, true},
};
/* clang-format on */

static char *first_word(const char *command)
{
    command += strspn(command, " ");
    return xstrndup(command, strcspn(command, " "));
}

/* NULL: not one of these. */
static const struct known *known(const char *command)
{
    char *first = first_word(command);
    const struct known *found = NULL;

    for (size_t i = 0; i < sizeof editors / sizeof *editors && !found; i++)
        if (strcmp(editors[i].name, path_basename(first)) == 0)
            found = &editors[i];
    free(first);
    return found;
}

/* ---- which one ------------------------------------------------------------- */

static bool in_path(const char *name)
{
    const char *path = getenv("PATH");
    bool found = strchr(name, '/') && access(name, X_OK) == 0;

    while (!strchr(name, '/') && path && *path && !found) {
        size_t n = strcspn(path, ":");
        char *file = xasprintf("%.*s/%s", (int)n, path, name);
        found = access(file, X_OK) == 0;
        free(file);
        path += n + (path[n] == ':');
    }
    return found;
}

static const char *set(const char *name)
{
    const char *v = getenv(name);

    return v && v[strspn(v, " ")] ? v : NULL;
}

static const char *first_there(const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (in_path(names[i]))
            return names[i];
    return NULL;
}

static bool in_vscode(void)
{
    const char *program = set("TERM_PROGRAM");

    return program && strcmp(program, "vscode") == 0;
}

static bool take(struct editor *ret, const char *command, const char *from)
{
    if (!command)
        return false;
    const struct known *k = known(command);
    *ret = (struct editor){.command = command,
                           .from = from,
                           .window = k && k->window,
                           .knows_lines = k && k->line != LINE_NONE};
    return true;
}

bool editor_find(struct editor *ret)
{
    static const char *const kin[] = {"code", "code-insiders", "codium", "cursor"};
    static const char *const usual[] = {"sensible-editor", "editor", "nano", "vim", "vi",
                                        "emacs",           "micro"};

    return take(ret, set("VISUAL"), "$VISUAL") || take(ret, set("EDITOR"), "$EDITOR") ||
           (in_vscode() &&
            take(ret, first_there(kin, sizeof kin / sizeof *kin), "VS Code's terminal")) ||
           take(ret, first_there(usual, sizeof usual / sizeof *usual), "the usual ones");
}

bool editor_is_there(const struct editor *e)
{
    char *first = first_word(e->command);
    bool there = in_path(first);

    free(first);
    return there;
}

/* ---- how and where --------------------------------------------------------- */

void editor_args(const char *command, const char *path, int line, char *args[EDITOR_ARGS])
{
    const struct known *k = known(command);
    size_t n = 0;

    memset(args, 0, EDITOR_ARGS * sizeof *args);
    switch (k && line > 0 ? k->line : LINE_NONE) {
    case LINE_NONE: args[n++] = xstrdup(path); break;
    case LINE_PLUS:
        args[n++] = xasprintf("+%d", line);
        args[n++] = xstrdup(path);
        break;
    case LINE_COLON: args[n++] = xasprintf("%s:%d", path, line); break;
    case LINE_GOTO:
        args[n++] = xstrdup("-r");
        args[n++] = xstrdup("-g");
        args[n++] = xasprintf("%s:%d", path, line);
        break;
    case LINE_L:
        args[n++] = xstrdup("-l");
        args[n++] = xasprintf("%d", line);
        args[n++] = xstrdup(path);
        break;
    case LINE_G:
        args[n++] = xstrdup(path);
        args[n++] = xstrdup("-g");
        args[n++] = xasprintf("%d", line);
        break;
    }
}

enum editor_place editor_place(const struct editor *e)
{
    if (e->window)
        return EDITOR_WINDOW;
    if (set("TMUX") && in_path("tmux"))
        return EDITOR_TMUX;
    return set("ZELLIJ") && in_path("zellij") ? EDITOR_ZELLIJ : EDITOR_FRONT;
}
