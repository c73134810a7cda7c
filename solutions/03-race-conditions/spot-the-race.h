/* A: the reader holds no lock, so the writer's lock keeps nobody away from it.
 * B: all writing is done before the threads are created. Readers alone never race.
 * C: two elements are two variables; main reads them after the joins.
 * D: between create and join nothing orders main and the taster.
 * E: the flag races, and so does what it should protect. */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "10-16 9-18"
