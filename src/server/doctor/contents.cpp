#include <algorithm>
#include <filesystem>
#include <random>

#include "platform/files/service.hpp"
#include "platform/files/store.hpp"
#include "platform/sql/installation.hpp"
#include "server/doctor/checks.hpp"
#include "server/parts.hpp"

namespace santong::server::doctor {

namespace {

constexpr std::size_t sample_size = 100;
constexpr char const* advice = "restore the last backup into a new folder and copy files/ from it";

void say(Findings& findings, std::int64_t read, std::vector<std::string> const& missing,
         std::vector<std::string> const& damaged) {
    for (auto const& digest : missing) fault(findings, "files.missing", digest, advice);
    for (auto const& digest : damaged) fault(findings, "files.damaged", digest, advice);
    if (missing.empty() && damaged.empty())
        ok(findings, "files", "all contents are there, " + std::to_string(read) + " read again");
}

}  // namespace

void look_at_contents(Patient const& patient, Findings& findings) {
    if (!patient.db) return;
    auto const folder = patient.place.data + "/files";
    auto digests = patient.db->read(0, [](sql::Tx& tx) { return files::store::all_digests(tx); });
    if (!std::filesystem::is_directory(folder)) {
        if (digests.empty())
            ok(findings, "files", "none yet");
        else
            fault(findings, "files.missing", folder + " is missing", advice);
        return;
    }
    files::LocalContentStore contents(folder);
    if (patient.deep) {
        files::Files all(*patient.db, contents, machine_clock());
        auto const found = all.verify(sql::districts(*patient.db));
        return say(findings, found.contents, found.missing, found.damaged);
    }
    std::vector<std::string> missing, damaged;
    for (auto const& digest : digests) {
        if (!contents.open(digest)) missing.push_back(digest);
    }
    std::shuffle(digests.begin(), digests.end(), std::mt19937{std::random_device{}()});
    digests.resize(std::min(digests.size(), sample_size));
    for (auto const& digest : digests) {
        if (contents.open(digest) && !contents.verify(digest)) damaged.push_back(digest);
    }
    say(findings, static_cast<std::int64_t>(digests.size()), missing, damaged);
}

}  // namespace santong::server::doctor
