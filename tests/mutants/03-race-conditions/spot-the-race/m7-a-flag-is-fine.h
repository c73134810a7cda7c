/* mutant: takes a bool for indivisible and therefore safe
 * expect: WRONG in program_e, message contains "line 16 reads `ready` while line 10 may write it"
 * belief: M11 small variables cannot race */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "9-18"
