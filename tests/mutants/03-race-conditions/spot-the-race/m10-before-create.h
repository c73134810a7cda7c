/* mutant: the first write in main is named as well
 * expect: WRONG in program_d, message contains "line 15 comes before the create"
 * belief: M10 creating a thread orders nothing */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-15 8-17"
#define RACES_E "10-16 9-18"
