/* trace: tokens, words and messages survive the way there and back, and damaged ones are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "trace/trace.h"

static void check_token(const char *token)
{
    struct trace_schedule s;
    struct err e;
    assert_true(trace_schedule_parse(token, &s, &e));
    char *again = trace_schedule_token(&s);
    assert_string_equal(again, token);
    free(again);
    trace_schedule_fini(&s);
}

static void tokens_round_trip(void **state)
{
    (void)state;
    check_token("main:i:");
    check_token("two_by_two:i:a2b5c6ba3:74f74c35");
    check_token("t:h:ab.2c.17d:1");
    check_token("t:iwd6,g32e0+4,h1-0-8+4,s0-40+4,m28+4:bc4b2cb3c");
}

static void bad_tokens_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", ":", "main", "main:", "main:x:a", "main:i", "main:i:!", "main:i:a0", "main:i:a99999999", "main:i:a.0",
        "main:i:a.300", "main:i:a.", "main:i:a:zz", "main:i:a:123456789", "main:i,q1+1:a", "main:i,g1+0:a", "main:i,g1:a",
        "main:i,h99-1-1+1:a", "main:id:a", ":i:a", "main:i:a b",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct trace_schedule s;
        struct err e = {0};
        assert_false(trace_schedule_parse(bad[i], &s, &e));
        assert_true(e.msg[0] != '\0');
    }
}

static void words_are_for_people(void **state)
{
    (void)state;
    const char *names[] = {"main", "A", "B"};
    struct trace_schedule s;
    assert_true(trace_schedule_parse("main:i:bc2b", &s, NULL));
    char *words = trace_schedule_words(&s, names);
    assert_string_equal(words, "A B*2 A");
    free(words);
    words = trace_schedule_words(&s, NULL);
    assert_string_equal(words, "T1 T2*2 T1");
    free(words);
    trace_schedule_fini(&s);
    assert_true(trace_schedule_parse("main:h:ab.1c.2d.17", &s, NULL));
    words = trace_schedule_words(&s, NULL);
    assert_string_equal(words, "main T1(spurious) T2(early) T3(choice 2)");
    free(words);
    trace_schedule_fini(&s);
}

static void verdicts_have_one_exit_status(void **state)
{
    (void)state;
    assert_int_equal(verdict_exit_status(VERDICT_PASS), 0);
    assert_int_equal(verdict_exit_status(VERDICT_UNJUDGED), 2);
    assert_int_equal(verdict_exit_status(VERDICT_TROUBLE), 2);
    for (int v = 0; v < VERDICT_COUNT; v++) {
        assert_int_equal(verdict_parse(verdict_id((enum verdict)v)), v);
        if (v != VERDICT_PASS && v != VERDICT_UNJUDGED && v != VERDICT_TROUBLE)
            assert_int_equal(verdict_exit_status((enum verdict)v), 1);
    }
    assert_int_equal(verdict_parse("no such"), VERDICT_COUNT);
}

static void messages_round_trip(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"m\":7}\n",
        "{\"m\":8,\"text\":\"no test 'x'\"}\n",
        "{\"m\":3,\"i\":4,\"c\":3,\"t\":1,\"k\":25,\"d\":true,\"obj\":{\"k\":1,\"o\":13024,\"z\":4},\"at\":{\"pc\":4304},\"x\":7,\"has\":true}\n",
        "{\"m\":5,\"r\":2,\"watch\":[{\"name\":\"c\",\"at\":{\"k\":1,\"o\":13024},\"size\":4,\"bytes\":\"03000000\"}],\"output\":\"\",\"n\":300,\"p\":0.25,\"witness\":\"main:i:b5c6b\",\"steps\":12,\"switches\":2}\n",
        "{\"m\":2,\"test\":\"main\",\"verdict\":3,\"failure\":{\"r\":7,\"t\":1,\"u\":2,\"at\":{\"pc\":4294}},\"runs\":4,\"preemptions\":1,\"schedule\":\"main:i:a2bc:5a9bb6d2\"}\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct trace_msg m;
        struct err e;
        assert_true(trace_msg_decode(lines[i], &m, &e));
        char *again = trace_msg_encode(&m);
        assert_string_equal(again, lines[i]);
        free(again);
        trace_msg_fini(&m);
    }
}

static void requests_round_trip(void **state)
{
    (void)state;
    char *tests[] = {(char *)"one", (char *)"two"};
    struct trace_request r = {.kind = REQUEST_EXPLORE, .tests = tests, .test_count = 2, .clock = -1, .spurious = -1,
                              .preemptions = 2, .runs = 1000, .races = RACES_IGNORE, .stop = -1}, back;
    char *line = trace_request_encode(&r);
    assert_true(trace_request_decode(line, &back, NULL));
    free(line);
    assert_int_equal(back.test_count, 2);
    assert_string_equal(back.tests[1], "two");
    assert_int_equal(back.clock, -1);
    assert_int_equal(back.preemptions, 2);
    assert_int_equal(back.runs, 1000);
    assert_int_equal(back.races, RACES_IGNORE);
    assert_int_equal(back.stop, -1);
    trace_request_fini(&back);
}

static void text_of_any_bytes_travels(void **state)
{
    (void)state;
    struct trace_msg m = {.kind = MSG_TROUBLE, .text = (char *)"a\xff\xc3\xa9\x01\xe2\x82"}, back;
    char *line = trace_msg_encode(&m);
    assert_true(trace_msg_decode(line, &back, NULL));
    assert_string_equal(back.text, "a\xef\xbf\xbd\xc3\xa9\x01\xef\xbf\xbd\xef\xbf\xbd");
    free(line);
    trace_msg_fini(&back);
}

static void damaged_lines_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "x", "[]", "{\"m\":99}", "{\"m\":-1}", "{\"m\":3,\"k\":4000}",
                                      "{\"m\":2,\"schedule\":\"nonsense\"}", "{\"m\":4,\"threads\":[{\"s\":77}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct trace_msg m;
        assert_false(trace_msg_decode(bad[i], &m, NULL));
    }
}

/* Any single changed byte of a message is decoded or refused; it never crashes (run under ASan). */
static void changed_bytes_do_no_harm(void **state)
{
    (void)state;
    const char line[] = "{\"m\":4,\"c\":17,\"failure\":{\"r\":2,\"u\":-1,\"detail\":\"c==6\",\"race\":true},\"threads\":[{\"s\":1,"
                        "\"stack\":[{\"pc\":4578}],\"x\":4}],\"choices\":[{\"t\":1}],\"watch\":[{\"name\":\"c\",\"size\":4,\"bytes\":\"00\"}]}";
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char copy[sizeof line];
        memcpy(copy, line, sizeof line);
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % (sizeof line - 1)] = (char)(32 + (seed >> 20) % 95);
        }
        struct trace_msg m;
        if (trace_msg_decode(copy, &m, NULL))
            trace_msg_fini(&m);
    }
}

static void calls_are_classified(void **state)
{
    (void)state;
    const char *why = NULL;
    assert_int_equal(trace_call_class("pthread_mutex_lock", &why), CALL_WRAPPED);
    assert_int_equal(trace_call_class("abs", &why), CALL_HARMLESS);
    assert_int_equal(trace_call_class("system", &why), CALL_REFUSED);
    assert_string_equal(why, "it starts other programs");
    assert_int_equal(trace_call_class("gethostbyname", &why), CALL_UNKNOWN);
    assert_null(why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_round_trip),     cmocka_unit_test(bad_tokens_are_refused),
        cmocka_unit_test(words_are_for_people),  cmocka_unit_test(verdicts_have_one_exit_status),
        cmocka_unit_test(messages_round_trip),   cmocka_unit_test(requests_round_trip),
        cmocka_unit_test(text_of_any_bytes_travels), cmocka_unit_test(damaged_lines_are_refused),
        cmocka_unit_test(changed_bytes_do_no_harm),  cmocka_unit_test(calls_are_classified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
