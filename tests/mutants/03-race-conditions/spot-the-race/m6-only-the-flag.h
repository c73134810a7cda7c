/* mutant: sees the race on the flag, not the one on what it announces
 * expect: WRONG in program_e, message contains "line 18 reads `order` while line 9 may write it"
 * belief: M11 who sees the flag sees also what was written before it */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16"
