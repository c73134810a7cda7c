/* mutant: names the line of the lock instead of the access
 * expect: WRONG in program_a, message contains "line 9 takes or gives back a lock"
 * belief: M13 a lock protects code, so the lock is where the race is */
#define RACES_A "9-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
