#include "server/commands_evaluation.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include "core/message.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "server/cannot_begin.hpp"

namespace santong::server {

namespace {

constexpr int exit_differs = 4;

struct EvaluationArguments {
    std::string file;
    std::string key;
};

std::string content_of(std::string const& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream || !bytes) throw CannotBegin("cannot read " + file);
    return std::move(bytes).str();
}

int verify(EvaluationArguments const& arguments) {
    auto const checked = indicators::verify_evaluation(content_of(arguments.file), arguments.key);
    if (!checked) {
        throw CannotBegin(arguments.file + ": " + core::message(checked.error().key, checked.error().params, "en"));
    }
    std::printf("%s: %s, %s, weeks from %s to %s\n", arguments.file.c_str(), checked->head.title.c_str(),
                checked->head.district.c_str(), checked->head.from.text().c_str(), checked->head.to.text().c_str());
    std::printf("  %lld facts, %lld values, %lld results; key %s\n", static_cast<long long>(checked->facts),
                static_cast<long long>(checked->values), static_cast<long long>(checked->results),
                checked->key.c_str());
    if (!checked->difference.empty()) {
        std::printf("differs: %s\n", checked->difference.c_str());
        return exit_differs;
    }
    std::printf("equal: every value follows from the facts, and nothing was altered since it was signed\n");
    return 0;
}

}  // namespace

void register_evaluation_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<EvaluationArguments>();
    auto* evaluate = app.add_subcommand("evaluate", "frozen evaluation runs");
    evaluate->require_subcommand(1);
    auto* verifying = evaluate->add_subcommand(
        "verify", "compute a run's values again from the facts in its file; exit 4 when something differs");
    verifying->add_option("file", arguments->file, "as it was downloaded (.jsonl.zst)")->required();
    verifying->add_option("--key", arguments->key, "fingerprint of the key that must have signed it");
    verifying->callback([arguments, &code] { code = verify(*arguments); });
}

}  // namespace santong::server
