/* mutant: a reader cannot race, only two writers can
 * expect: WRONG in program_a, message contains "line 17 reads `stock` while line 10 may write it"
 * belief: M09 only two writers race; readers need no lock */
#define RACES_A "none"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "none"
#define RACES_E "none"
