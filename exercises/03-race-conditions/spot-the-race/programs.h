/* programs.h - the five programs, and what they all include. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

void program_a(void);
void program_b(void);
void program_c(void);
void program_d(void);
void program_e(void);

#endif
