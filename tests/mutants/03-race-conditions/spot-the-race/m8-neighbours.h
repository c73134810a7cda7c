/* mutant: takes two elements of one array for one variable
 * expect: WRONG in program_c, message contains "line 9 cannot race with itself: no two threads meet there"
 * belief: M10 threads that use the same array race */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "9-9"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
