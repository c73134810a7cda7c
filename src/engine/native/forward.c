/* forward: every name of calls.def that native mode does not handle itself goes straight to libc.
 *
 * A forwarder is one jump: arguments, variadic or not, return values and errno pass
 * untouched, and no prototype has to be repeated. The table at the end takes the address of every
 * __wrap_NAME, so a name added to calls.def that nobody defines breaks the link.
 */
#include "engine/native/native.h"

/* Handled in the other files; each expands to two arguments, see PICK. */
#define OWN_pthread_create ,
#define OWN_pthread_join ,
#define OWN_pthread_exit ,
#define OWN_pthread_yield ,
#define OWN_pthread_mutex_lock ,
#define OWN_pthread_mutex_trylock ,
#define OWN_pthread_mutex_unlock ,
#define OWN_pthread_cond_wait ,
#define OWN_pthread_cond_signal ,
#define OWN_pthread_cond_broadcast ,
#define OWN_pthread_rwlock_tryrdlock ,
#define OWN_pthread_rwlock_trywrlock ,
#define OWN_pthread_rwlock_rdlock ,
#define OWN_pthread_rwlock_wrlock ,
#define OWN_pthread_rwlock_unlock ,
#define OWN_pthread_spin_lock ,
#define OWN_pthread_spin_trylock ,
#define OWN_pthread_spin_unlock ,
#define OWN_pthread_barrier_wait ,
#define OWN_sem_wait ,
#define OWN_sem_post ,
#define OWN_pthread_mutex_timedlock ,
#define OWN_pthread_mutex_clocklock ,
#define OWN_pthread_rwlock_timedrdlock ,
#define OWN_pthread_rwlock_timedwrlock ,
#define OWN_pthread_rwlock_clockrdlock ,
#define OWN_pthread_rwlock_clockwrlock ,
#define OWN_pthread_cond_timedwait ,
#define OWN_pthread_cond_clockwait ,
#define OWN_sem_timedwait ,
#define OWN_sem_clockwait ,
#define OWN_thrd_create ,
#define OWN_thrd_join ,
#define OWN_thrd_exit ,
#define OWN_thrd_sleep ,
#define OWN_mtx_lock ,
#define OWN_mtx_trylock ,
#define OWN_mtx_timedlock ,
#define OWN_mtx_unlock ,
#define OWN_cnd_wait ,
#define OWN_cnd_timedwait ,
#define OWN_cnd_signal ,
#define OWN_cnd_broadcast ,
#define OWN_sleep ,
#define OWN_usleep ,
#define OWN_nanosleep ,
#define OWN_clock_nanosleep ,
#define OWN_printf ,
#define OWN_vprintf ,
#define OWN_fprintf ,
#define OWN_vfprintf ,
#define OWN_puts ,
#define OWN_putchar ,
#define OWN_fputs ,
#define OWN_fputc ,
#define OWN_putc ,
#define OWN_fwrite ,
#define OWN_perror ,
#define OWN_psignal ,
#define OWN_warn ,
#define OWN_warnx ,
#define OWN_vwarn ,
#define OWN_vwarnx ,
#define OWN_err ,
#define OWN_errx ,
#define OWN_verr ,
#define OWN_verrx ,
#define OWN_dprintf ,
#define OWN_exit ,
#define OWN__exit ,
#define OWN__Exit ,
#define OWN_quick_exit ,
#define OWN_malloc ,
#define OWN_calloc ,
#define OWN_realloc ,
#define OWN_free ,
#define OWN_aligned_alloc ,
#define OWN_posix_memalign ,
#define OWN_strdup ,
#define OWN_strndup ,
#define OWN_lab_go ,
#define OWN_lab_join_all ,
#define OWN_lab_check_at ,
#define OWN_lab_require_at ,
#define OWN_lab_now_ms ,
#define OWN_lab_ideal_clock ,
#define OWN_lab_possible_at ,
#define OWN_lab_queue ,
#define OWN_lab_turn_at ,
#define OWN_lab_invariant ,
#define OWN_lab_no_polling ,
#define OWN_lab_noise ,
#define OWN_lab_threads_started ,
#define OWN_lab_threads_running ,
#define OWN_lab_threads_at_once ,
#define OWN_lab_heap_live ,
#define OWN_lab_fail_create ,
#define OWN_lab_answer_races ,
#define OWN_fork ,
#define OWN_waitpid ,
#define OWN_wait ,
#define OWN_read ,
#define OWN_readv ,
#define OWN_recv ,
#define OWN_send ,
#define OWN_accept ,
#define OWN_accept4 ,
#define OWN_connect ,
#define OWN_write ,
#define OWN_writev ,
#define OWN_poll ,
#define OWN_ppoll ,
#define OWN_select ,
#define OWN_pselect ,
#define OWN_epoll_wait ,
#define OWN_epoll_pwait ,
#define OWN_mq_send ,
#define OWN_mq_receive ,
#define OWN_mq_timedsend ,
#define OWN_mq_timedreceive ,
#define OWN_lab_fail_fork ,
#define OWN_lab_no_children_left ,
#define OWN_lab_no_mappings_left ,
#define OWN_lab_exec_clean ,
#define OWN_lab_strict_fork ,
#define OWN_lab_loop ,
#define OWN_lab_jump_wall_clock ,
#define OWN_lab_short_io ,
#define OWN_lab_interrupts ,
#define OWN_lab_pipe_room ,
#define OWN_lab_preemptions ,
#define OWN_lab_descriptors_open ,
#define OWN_lab_no_descriptors_left ,
#define OWN_lab_brew ,
#define OWN_lab_work ,
#define OWN_lab_name ,
#define OWN_lab_report ,
#define OWN_lab_sample ,
#define OWN_lab_say ,
#define OWN_lab_section ,
#define OWN_lab_unseen ,
#define OWN_lab_task ,
#define OWN_lab_task_is ,

/* Not in every libc: whoever can refer to one has it. */
#define MAYBE___isoc23_strtol ,
#define MAYBE___isoc23_strtoul ,
#define MAYBE___isoc23_strtoll ,
#define MAYBE___isoc23_strtoull ,
#define MAYBE___isoc23_strtoimax ,
#define MAYBE___isoc23_strtoumax ,
#define MAYBE___isoc23_sscanf ,
#define MAYBE___isoc23_vsscanf ,
/* ... or in a library of its own, which the program brings along. */
#define MAYBE___atomic_load ,
#define MAYBE___atomic_store ,
#define MAYBE___atomic_exchange ,
#define MAYBE___atomic_compare_exchange ,
#define MAYBE___atomic_is_lock_free ,
#define MAYBE___atomic_feraiseexcept ,

#if defined(__x86_64__)
#define ENTRY "endbr64\n\t"
#define JUMP(name) "jmp " #name "@PLT"
#elif defined(__aarch64__)
#define ENTRY "hint #34\n\t" /* bti c */
#define JUMP(name) "b " #name
#else
#error "no forwarder for this machine"
#endif

#define FORWARD(name)                                                                              \
    __asm__(".text\n\t.p2align 4\n\t.globl __wrap_" #name "\n\t.type __wrap_" #name                \
            ", %function\n__wrap_" #name ":\n\t" ENTRY JUMP(name) "\n\t.size __wrap_" #name        \
            ", .-__wrap_" #name);
#define FORWARD_WEAK(name) __asm__(".weak " #name); FORWARD(name)
#define NOTHING(name)

/* PICK chooses its third argument: NOTHING where OWN_name is a comma, else FORWARD or FORWARD_WEAK. */
#define PICK_THIRD(a, b, third, ...) third
#define PICK(...) PICK_THIRD(__VA_ARGS__)
#define W(name) PICK(OWN_##name, NOTHING, PICK(MAYBE_##name, FORWARD_WEAK, FORWARD, ), )(name)
#define H(name)
#define X(name, why)
#include "trace/calls.def"
#undef W

#define W(name) extern EXPORT const char __wrap_##name[];
#include "trace/calls.def"
#undef W

/* Kept, not read: see above. */
#define W(name) __wrap_##name,
__attribute__((used)) static const char *const every_call[] = {
#include "trace/calls.def"
};
