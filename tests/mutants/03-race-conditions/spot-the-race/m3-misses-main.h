/* mutant: main is not counted among the threads
 * expect: WRONG in program_d, message contains "line 17 reads `score` while line 8 may write it"
 * belief: M09 only the threads one creates can race, main cannot */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "none"
#define RACES_E "10-16 9-18"
