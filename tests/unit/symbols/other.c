/* A second compile unit with a variable of the same name: the first unit's is meant. */
static int twin = 2;
int second_only = 3;
int *lab_body_peek(void) { return &twin; }
