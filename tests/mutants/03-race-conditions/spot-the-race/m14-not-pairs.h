/* mutant: lists single lines
 * expect: WRONG in program_a, message contains "is not understood"
 * belief: none */
#define RACES_A "17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
