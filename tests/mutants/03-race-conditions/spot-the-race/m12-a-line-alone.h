/* mutant: the selling line is paired with itself though one thread alone runs it
 * expect: WRONG in program_a, message contains "one thread alone comes there"
 * belief: M10 reading and writing in one statement is a race by itself */
#define RACES_A "10-10 10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
