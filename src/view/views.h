/* views: the rows of the table, for this room alone, and what the views share. */
#ifndef VIEW_VIEWS_H
#define VIEW_VIEWS_H

#include "page/page.h"
#include "view/view.h"

extern const struct view *const views[]; /* ends with NULL; in views.c */
extern const struct view view_map, view_step, view_exercise, view_welcome, view_progress, view_text,
    view_drive, view_failure, view_demo, view_cards;

/* How a style of page/ is shown; takes enum page_style. */
enum style view_page_style(int page_style);
/* One line of a page from column `skip` on; returns columns used. */
int view_page_line(struct canvas *c, int row, int col, int width, const struct page_line *l,
                   int skip);
/* With "~" for the home folder. Caller frees. */
char *view_short_path(const char *path);
/* "more" marks at the right edge when lines lie above or below. */
void view_more(struct canvas *c, struct area a, int top, int count);

#endif
