#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <csignal>
#include <cstdio>

/// Runs all tests and closes with one plain line that any CI can read.
int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    doctest::Context context;
    context.applyCommandLine(argc, argv);
    struct Counts : doctest::IReporter {
        explicit Counts(doctest::ContextOptions const&) {}
        void report_query(doctest::QueryData const&) override {}
        void test_run_start() override {}
        void test_run_end(doctest::TestRunStats const& run) override {
            std::printf("%u passed, %u failed\n", run.numTestCasesPassingFilters - run.numTestCasesFailed,
                        run.numTestCasesFailed);
        }
        void test_case_start(doctest::TestCaseData const&) override {}
        void test_case_reenter(doctest::TestCaseData const&) override {}
        void test_case_end(doctest::CurrentTestCaseStats const&) override {}
        void test_case_exception(doctest::TestCaseException const&) override {}
        void subcase_start(doctest::SubcaseSignature const&) override {}
        void subcase_end() override {}
        void log_assert(doctest::AssertData const&) override {}
        void log_message(doctest::MessageData const&) override {}
        void test_case_skipped(doctest::TestCaseData const&) override {}
    };
    doctest::registerReporter<Counts>("counts", 0, false);
    return context.run();
}
