/* mutant: whatever two threads touch is called a race
 * expect: WRONG in program_b, message contains "line 15 comes before the create"
 * belief: M10 any sharing is a race */
#define RACES_A "10-17"
#define RACES_B "8-15 8-16"
#define RACES_C "9-9 9-20"
#define RACES_D "8-17 8-19"
#define RACES_E "10-16 9-18"
