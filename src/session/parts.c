/* parts: which file answers for which screen. */
#include "session/parts.h"

const struct session_part *const session_parts[SCREEN_COUNT] = {
    [SCREEN_MAP] = &map_part,           [SCREEN_STEP] = &reading_part,
    [SCREEN_EXERCISE] = &exercise_part, [SCREEN_DRIVE] = &drive_part,
    [SCREEN_DEMO] = &demo_part,         [SCREEN_FAILURE] = &failure_part,
    [SCREEN_WELCOME] = &welcome_part,   [SCREEN_PROGRESS] = &progress_part,
    [SCREEN_TEXT] = &scroll_part,       [SCREEN_CARDS] = &cards_part,
};
