/* mutant: names the line that creates the thread
 * expect: WRONG in program_d, message contains "they use different memory"
 * belief: M10, M01 a thread runs where it is created, so its race is there */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-16"
#define RACES_E "10-16 9-18"
