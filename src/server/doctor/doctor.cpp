#include "server/doctor/doctor.hpp"

#include <algorithm>
#include <cstdio>

#include "server/doctor/checks.hpp"
#include "server/place_options.hpp"

namespace santong::server::doctor {

void ok(Findings& findings, std::string check, std::string text) {
    findings.push_back({std::move(check), Health::ok, std::move(text), {}});
}
void warn(Findings& findings, std::string check, std::string text, std::string advice) {
    findings.push_back({std::move(check), Health::warning, std::move(text), std::move(advice)});
}
void fault(Findings& findings, std::string check, std::string text, std::string advice) {
    findings.push_back({std::move(check), Health::fault, std::move(text), std::move(advice)});
}

namespace {

template <class Check>
void run(char const* name, Findings& findings, Check check) {
    try {
        check();
    } catch (std::exception const& error) {
        fault(findings, name, error.what(), "see the message; the check could not be finished");
    }
}

}  // namespace

Findings examine(config::Config const& settings, bool deep) {
    Patient patient{settings, place_of(settings), nullptr, deep};
    Findings findings;
    run("folder", findings, [&] { look_at_folder(patient, findings); });
    run("database", findings, [&] { look_at_database(patient, findings); });
    run("keys", findings, [&] { look_at_keys(patient, findings); });
    run("files", findings, [&] { look_at_contents(patient, findings); });
    run("previews", findings, [&] { look_at_tools(findings); });
    run("network", findings, [&] { look_at_network(patient, findings); });
    run("tls", findings, [&] { look_at_certificates(patient, findings); });
    run("time", findings, [&] { look_at_time(patient, findings); });
    return findings;
}

Health worst(Findings const& findings) {
    auto worst = Health::ok;
    for (auto const& finding : findings) worst = std::max(worst, finding.health);
    return worst;
}

void print(Findings const& findings) {
    for (auto const& finding : findings) {
        std::printf("%-8s %-20s %s\n", std::string(core::enum_text(finding.health)).c_str(), finding.check.c_str(),
                    finding.text.c_str());
        if (!finding.advice.empty()) std::printf("%29s → %s\n", "", finding.advice.c_str());
    }
}

}  // namespace santong::server::doctor
