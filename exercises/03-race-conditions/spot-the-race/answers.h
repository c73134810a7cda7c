/* answers.h - which lines of a.c to e.c race with each other?
 *
 * A pair is two line numbers with a hyphen between them: "3-8". Several pairs: "3-8 4-12".
 * No race at all: "none". */
#define RACES_A "?"
#define RACES_B "?"
#define RACES_C "?"
#define RACES_D "?"
#define RACES_E "?"
