/* mutant: two waiters that read the same prices
 * expect: WRONG in program_b, message contains "both only read"
 * belief: M10 two readers race with each other */
#define RACES_A "10-17"
#define RACES_B "8-8"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
