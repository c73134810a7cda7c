/* views: which there are. */
#include "view/views.h"

const struct view *const views[] = {
    &view_welcome, &view_map, &view_step, &view_exercise, &view_progress, &view_text,
    &view_drive, &view_failure, &view_demo, &view_cards, NULL,
};
