/* mutant: NULL where nothing races
 * expect: COMPILE, message contains "quotes"
 * belief: none */
#define RACES_A "10-17"
#define RACES_B NULL
#define RACES_C NULL
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
