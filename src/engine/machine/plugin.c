/* plugin: the learner's compiled code in this process.
 *
 * Its writable PT_LOAD segment is all of the learner's global state: copied once after
 * loading, put back before every run (plugins are linked -z norelro, so all of it can
 * be written). Relocation is done eagerly, so nothing in it changes behind our back.
 */
#include "engine/engine.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lab/check.h>

static void *handle;
static const struct lab_scenario **scenarios;
static size_t scenario_count;

static void take_segments(const struct dl_phdr_info *info)
{
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
        char *at = (char *)info->dlpi_addr + ph->p_vaddr;
        if (ph->p_type == PT_TLS) {
            engine.tls_template = at;
            engine.tls_file = ph->p_filesz;
            engine.tls_size = ph->p_memsz;
            engine.tls_align = ph->p_align ? ph->p_align : 1;
        }
        if (ph->p_type != PT_LOAD)
            continue;
        if (!engine.text || at < engine.text)
            engine.text = at;
        if (at + ph->p_memsz > engine.text_end)
            engine.text_end = at + ph->p_memsz;
        if (ph->p_flags & PF_W) {
            engine.data = at;
            engine.data_end = at + ph->p_memsz;
        }
    }
}

static int find_plugin(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    if ((char *)info->dlpi_addr != data)
        return 0;
    take_segments(info);
    return 1;
}

/* ---- scenarios: exported objects named lab_scenario_* -------------------- */

static int by_line(const void *a, const void *b)
{
    const struct lab_scenario *x = *(const struct lab_scenario *const *)a, *y = *(const struct lab_scenario *const *)b;
    return x->line - y->line;
}

/* The number of dynamic symbols, from the GNU hash table (there is no other record of it). */
static size_t gnu_hash_count(const uint32_t *h)
{
    uint32_t nbuckets = h[0], first = h[1], bloom = h[2], max = 0;
    const uint32_t *buckets = h + 4 + bloom * (sizeof(ElfW(Addr)) / 4), *chain = buckets + nbuckets;
    for (uint32_t i = 0; i < nbuckets; i++)
        if (buckets[i] > max)
            max = buckets[i];
    if (max < first)
        return first;
    while (!(chain[max - first] & 1))
        max++;
    return max + 1;
}

/* Calls that answer whether a thread has ended. */
static void take_reference(const char *name)
{
    static const char *const looks[] = {"__wrap_pthread_tryjoin_np", "__wrap_pthread_timedjoin_np", "__wrap_pthread_clockjoin_np"};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        engine.end_points |= strcmp(name, looks[i]) == 0;
}

static void take_symbol(const char *name, char *at)
{
    if (!str_starts(name, "lab_scenario_"))
        return;
    scenarios = xrealloc(scenarios, (scenario_count + 1) * sizeof *scenarios);
    scenarios[scenario_count++] = (const struct lab_scenario *)at;
}

static void find_scenarios(const struct link_map *map)
{
    const ElfW(Sym) *symtab = NULL;
    const char *strtab = NULL;
    size_t n = 0;
    for (const ElfW(Dyn) *d = map->l_ld; d->d_tag != DT_NULL; d++) {
        if (d->d_tag == DT_SYMTAB)
            symtab = (const void *)d->d_un.d_ptr;
        else if (d->d_tag == DT_STRTAB)
            strtab = (const void *)d->d_un.d_ptr;
        else if (d->d_tag == DT_HASH)
            n = ((const uint32_t *)d->d_un.d_ptr)[1];
        else if (d->d_tag == DT_GNU_HASH)
            n = gnu_hash_count((const uint32_t *)d->d_un.d_ptr);
    }
    for (size_t i = 0; symtab && strtab && i < n; i++)
        if (symtab[i].st_shndx != SHN_UNDEF)
            take_symbol(strtab + symtab[i].st_name, (char *)map->l_addr + symtab[i].st_value);
        else
            take_reference(strtab + symtab[i].st_name);
    if (scenario_count)
        qsort(scenarios, scenario_count, sizeof *scenarios, by_line);
}

bool plugin_load(const char *path, struct err *e)
{
    char *full = realpath(path, NULL); /* a bare name would be looked for among the system's libraries */
    if (!full)
        return err_set(e, errno, "cannot load the program '%s': %s", path, strerror(errno));
    handle = dlopen(full, RTLD_NOW | RTLD_LOCAL);
    free(full);
    if (!handle)
        return err_set(e, ENOEXEC, "cannot load the program: %s", dlerror());
    struct link_map *map;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0)
        return err_set(e, ENOEXEC, "cannot load the program: %s", dlerror());
    engine.base = (char *)map->l_addr;
    dl_iterate_phdr(find_plugin, engine.base);
    if (!engine.text || !engine.data)
        return err_set(e, ENOEXEC, "the program has no code or no data");
    find_scenarios(map);
    engine.main = (int (*)(int, char **))dlsym(handle, "main");
    if (!engine.main && !scenario_count)
        return err_set(e, ENOEXEC, "the program has neither main() nor a scenario");
    size_t size = (size_t)(engine.data_end - engine.data);
    engine.image = xmalloc(size);
    memcpy(engine.image, engine.data, size);
    return true;
}

struct trace_test_info *plugin_tests(size_t *n)
{
    *n = scenario_count ? scenario_count : 1;
    struct trace_test_info *tests = xcalloc(*n, sizeof *tests);
    if (!scenario_count)
        tests[0] = (struct trace_test_info){xstrdup("main"), xstrdup(""), xstrdup(""), xstrdup("")};
    for (size_t i = 0; i < scenario_count; i++)
        tests[i] = (struct trace_test_info){xstrdup(scenarios[i]->name), xstrdup(scenarios[i]->title),
                                            xstrdup(scenarios[i]->misconception), xstrdup(scenarios[i]->step)};
    return tests;
}

bool plugin_select(const char *test, struct err *e)
{
    for (size_t i = 0; i < scenario_count; i++)
        if (strcmp(scenarios[i]->name, test) == 0) {
            engine.scenario = (const void *)scenarios[i];
            return true;
        }
    if (scenario_count || strcmp(test, "main") != 0)
        return err_set(e, ENOENT, "there is no test '%s'", test);
    engine.scenario = NULL;
    return true;
}
