/* noui: where the terminal UI is not built. */
#include "app/ui.h"

int ui_main(struct app *app, const struct ui_start *start)
{
    (void)app;
    (void)start;
    return app_fail("this build has no terminal UI; 'threadmill help' lists the commands");
}
