/* A plugin with one of everything symbols/ must name. The functions hand the test what only the
 * running program knows: addresses, frame pointers, program counters. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum mood { CALM, BUSY = 7, ANGRY = -2 };
typedef struct node {
    int value;
    struct node *next;
} node_t;
struct flags {
    unsigned low : 3, high : 5;
    int wide;
    signed lone : 6;
};
struct shop {
    pthread_mutex_t lock;
    struct {
        int cups;
        char name[8];
    };
    union {
        double price;
        int cents[2];
    } cost;
    node_t nodes[3];
};

int total = -1;
static int twin = 1;
unsigned char small = 200;
char letter = 'x';
bool flag = true;
_Atomic int atomic = 5;
volatile long vol = -9;
uint8_t byte = 65;
enum mood mood = ANGRY, odd_mood = 3;
float ratio = 3.5f;
double third = 1.0 / 3, tenth = 0.1;
int *nothing = NULL, *to_total = &total;
void *(*to_worker)(void *);
struct shop shop, shops[2];
struct flags flags = {1, 9, -3, -5};
int grid[3][4];
int cup[3] = {1, 2, 3};
char word[8] = "a\"b";
struct {
    int a, b;
} pair = {3, 4};
struct {
    int value;
} only = {12};
const char *greeting = "hello \"you\"";
int *to_cup = &cup[1];
char *to_word = word;
atomic_flag busy = ATOMIC_FLAG_INIT;
long long big[16];
static _Thread_local int mine;

struct queue {
    int size;
    node_t *items;
};
static int *rows[3];

typedef void place_cb(void *data, void *address, void *frame);

void *worker(void *arg) { return arg; }

int count_all(place_cb *tell, void *data)
{
    struct node jobs[3] = {{0}};
    static int calls = 0;
    int local = 0;
    calls++;
    tell(data, &jobs[1].next, __builtin_frame_address(0));
    tell(data, &local, __builtin_frame_address(0));
    {
        char inner[100] = "";
        tell(data, &inner[42], __builtin_frame_address(0));
    }
    tell(data, &calls, __builtin_frame_address(0));
    tell(data, &twin, __builtin_frame_address(0));
    tell(data, &mine, __builtin_frame_address(0));
    return local;
}

void with_argument(int arg, place_cb *tell, void *data)
{
    volatile char pad[400] = "";
    int vla[arg];
    vla[0] = 0;
    tell(data, &arg, __builtin_frame_address(0));
    tell(data, (void *)&pad[7], __builtin_frame_address(0));
    tell(data, vla, __builtin_frame_address(0));
}

/* clang-format off */
void allocate(place_cb *tell, void *data)
{
    node_t *one = malloc(sizeof *one); tell(data, one, __builtin_frame_address(0));
    int *many = calloc(4, 4); tell(data, many, __builtin_frame_address(0));
    void *raw = NULL;
    raw = malloc(40); tell(data, raw, __builtin_frame_address(0));
    struct queue queue, *q = &queue;
    q->items = (node_t *)malloc(3 * sizeof *q->items); tell(data, q->items, __builtin_frame_address(0));
    rows[many[0] + 1]=calloc(2, sizeof(int)); tell(data, rows[1], __builtin_frame_address(0));
    void **out = (void **)&to_total;
    *out = malloc(8); tell(data, *out, __builtin_frame_address(0));
    free(*out);
    int **count = &to_total;
    *count = malloc(sizeof **count); tell(data, *count, __builtin_frame_address(0));
    free(*count);
    to_total = &total;
    free(q->items);
    free(rows[1]);
    free(one);
    free(many);
    free(raw);
    to_worker = worker;
}
