/* mutant: numbers instead of text in quotes
 * expect: COMPILE, message contains "quotes"
 * belief: none */
#define RACES_A 10-17
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
