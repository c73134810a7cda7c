/* drive_screen: the drive on the screen: a game (session/drive.h), what was typed while the engine
 * was busy, a question to answer, what was counted.
 *
 * Invariant: at most one request is with the engine (`asked`); while it is, moves wait in `queue`
 * and nothing is lost. What the view shows is always the last complete answer.
 */
#ifndef SESSION_DRIVE_SCREEN_H
#define SESSION_DRIVE_SCREEN_H

#include "session/drive.h"
#include "session/session.h"
#include "session/sources.h"

enum drive_phase { DRIVE_BUILDING, DRIVE_BROKEN, DRIVE_PLAYING };
enum drive_asked {
    DRIVE_ASKED_NOTHING,
    DRIVE_ASKED_RUN,
    DRIVE_ASKED_SHARED,
    DRIVE_ASKED_COUNT,
    DRIVE_ASKED_WALK
};

/* "Who is woken?", "Which way?": one of these, by its number from 1. */
#define DRIVE_OPTIONS 9
struct drive_question {
    char *text; /* NULL: nothing is asked */
    bool lines; /* the options are the game's lines of play, one a row; else choices */
    struct trace_choice options[DRIVE_OPTIONS];
    char *labels[DRIVE_OPTIONS];
    size_t count;
};

struct drive_state {
    struct target target;
    struct drive_game game;
    bool started; /* game is initialised */
    enum drive_phase phase;
    enum drive_asked asked;
    char *broken;       /* BROKEN: why */
    char *build_output; /* what the compiler said, or NULL */
    bool only_watched;  /* BROKEN for good: a demo of the course that does what the lab cannot explore */
    struct sources sources;
    int selected; /* thread that space and Enter step */
    struct {
        enum key_request request;
        long n;
    } * queue;
    size_t queue_count, queue_cap;
    bool running_on; /* r: the selected thread, until it cannot go on */
    int run_steps;
    struct drive_question question;
    int hints;    /* shown */
    bool won;     /* the goal of this round was met once */
    char *how;    /* "par", "5 steps", "impossible" when it was */
    bool claimed; /* the learner said that it is impossible */
    bool missed;  /* ... but it is not, and a schedule is loaded */
    bool give_up_asked, gave_up;
    bool playing; /* autoplay of a loaded schedule */
    bool counted;
    struct drive_tally tally;
    struct drive_tally counting;
    struct drive_walk walk; /* while DRIVE_ASKED_WALK */
};

/* What there is to say about the game now: hints, a failure, the goal, the figures. Texts are
 * Markdown. */
enum drive_tone { DRIVE_PLAIN, DRIVE_HINT, DRIVE_GOOD, DRIVE_BAD };
struct drive_word {
    enum drive_tone tone;
    char *text;
};
#define DRIVE_WORDS 10
/* Fills at most DRIVE_WORDS, returns how many; the caller frees each text. */
size_t drive_screen_words(const struct session *s, struct drive_word *out);

/* "goal: c == 1 at the end", "free drive: nothing is asked". Caller frees. */
char *drive_screen_goal(const struct drive_game *g);
/* A goal as a lesson has it, "output 2 2", in words with code in backquotes. Caller frees. */
char *drive_goal_words(const char *goal);
/* "5 of par 4 steps · 2 switches", or short: "5 of par 4 · 2 sw". Caller frees. */
char *drive_screen_score(const struct drive_game *g, bool brief);
/* The thread a letter stands for ('B' for the thread named B); TRACE_NO_THREAD: none. */
int drive_screen_letter(const struct session *s, uint32_t letter);

#endif
