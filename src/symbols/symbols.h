/* symbols: from addresses to what a person reads, by the DWARF of the plugin (libdw).
 *
 * Only the app uses it; the engine never parses debug information. Every function
 * accepts a plugin without debug information and then leaves names NULL.
 */
#ifndef SYMBOLS_SYMBOLS_H
#define SYMBOLS_SYMBOLS_H

#include "trace/trace.h"

struct symbols;

/* Opens the plugin (an ELF shared object). NULL with `e` when it is no ELF file. */
struct symbols *symbols_open(const char *plugin, struct err *e);
void symbols_close(struct symbols *s);

/* Where the engine loaded the plugin, so that pointers to its functions and variables can be shown
 * by name. Not knowing it only costs these names. */
void symbols_set_base(struct symbols *s, uint64_t base);

/* Fills file, func and line of a place. A pc taken from a call's return address is looked up
 * one byte earlier by the engine already: places carry exact pcs. */
void symbols_place(struct symbols *s, struct trace_place *place);
/* Fills name, decl (and file, line of a heap block's allocation): "total", "queue.items[2]",
 * "jobs[1].count of count_all()", "node->next in the block allocated at list.c:9", "bytes 8..11 of
 * the block allocated at tally.c:14", "T1's counter" (thread-local). */
void symbols_ref(struct symbols *s, struct trace_ref *ref);
/* The value of `size` raw bytes at `ref` as text by its type: "-1", "true", "'x'", "{3, 4}",
 * "&total", "T2's node", "0x10". NULL when the type is unknown. Caller frees. */
char *symbols_value(struct symbols *s, const struct trace_ref *ref, const void *bytes, size_t size);

/* A variable or member path a person wrote ("c", "cup[0]", "shop.cups") -> where it is. Only
 * globals and file-level statics. False with `e` when there is none. */
bool symbols_find(struct symbols *s, const char *path, struct trace_watch *out, struct err *e);

/* Name everything inside. */
void symbols_event(struct symbols *s, struct trace_event *ev);
void symbols_state(struct symbols *s, struct trace_state *st);
void symbols_result(struct symbols *s, struct trace_result *r);
void symbols_outcome(struct symbols *s, struct trace_outcome *o);
void symbols_msg(struct symbols *s, struct trace_msg *m); /* whichever of these it holds */

#endif
