/* mutant: adding up after the joins is taken for a race
 * expect: WRONG in program_c, message contains "lines 9-20 cannot race: join is what orders them"
 * belief: M10 what one thread wrote and another reads always races */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "9-20"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
