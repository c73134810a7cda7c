/* mutant: the read after the join is named as well
 * expect: WRONG in program_d, message contains "lines 8-19 cannot race: join is what orders them"
 * belief: M10 joining orders nothing */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17 8-19"
#define RACES_E "10-16 9-18"
