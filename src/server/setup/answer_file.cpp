#include "server/setup/answer_file.hpp"

#include <toml++/toml.h>

#include <sstream>

#include "core/json.hpp"
#include "core/message.hpp"
#include "platform/auth/private_file.hpp"
#include "server/cannot_begin.hpp"
#include "server/setup/checks.hpp"

namespace santong::server::setup {

namespace {

/// The first line of a file that only its owner may read.
std::string secret_in(std::string const& path) {
    try {
        auto const text = auth::read_private_file(path);
        return text.substr(0, text.find_first_of("\r\n"));
    } catch (std::runtime_error const& error) {
        throw CannotBegin(error.what());
    }
}

std::string told(core::Error const& error) {
    if (error.problems.empty()) return core::message(error.key, error.params, "en");
    auto const& first = error.problems.front();
    return first.pointer + ": " + core::message(first.key, first.params, "en");
}

}  // namespace

AnswerFile read_answer_file(std::string const& path) {
    std::ostringstream json;
    try {
        json << toml::json_formatter{toml::parse_file(path)};
    } catch (toml::parse_error const& error) {
        throw CannotBegin(path + ":" + std::to_string(error.source().begin.line) + ": " +
                          std::string(error.description()));
    }
    auto file = core::json::read<AnswerFile>(json.str());
    if (!file) throw CannotBegin(path + ": " + told(file.error()));
    return *file;
}

PlaceAnswer place_of(AnswerFile const& file) {
    PlaceAnswer answer;
    answer.place = file.place.place;
    answer.host = file.place.host.value_or("");
    answer.zone_minutes = file.place.zone_minutes.value_or(answer.zone_minutes);
    return answer;
}

DistrictAnswer district_of(AnswerFile const& file, core::LocalDate today) {
    auto answer = proposed_term(today);
    auto const& given = file.district;
    answer.kind = given.kind.value_or(answer.kind);
    answer.number = given.number;
    answer.name = given.name;
    answer.school_year = given.school_year.value_or(answer.school_year);
    answer.term = given.term.value_or(answer.term);
    if (given.from_date) answer.from_date = given.from_date;
    if (given.to_date) answer.to_date = given.to_date;
    return answer;
}

CertificateAnswer certificate_of(AnswerFile const& file) {
    CertificateAnswer answer;
    if (!file.certificate) return answer;
    auto const& given = *file.certificate;
    answer.way = given.way;
    answer.origin = given.origin.value_or("");
    answer.package_origin = given.package_origin.value_or("");
    answer.certificate = given.certificate.value_or("");
    answer.key = given.key.value_or("");
    answer.names = given.names.value_or("");
    answer.permits = given.permits.value_or("");
    answer.port = given.port.value_or(answer.port);
    answer.http_port = given.http_port.value_or(answer.http_port);
    return answer;
}

BackupAnswer backup_of(AnswerFile const& file) {
    BackupAnswer answer;
    answer.later = !file.backup;
    if (answer.later) return answer;
    answer.folder = file.backup->folder;
    answer.passphrase = answer.again = secret_in(file.backup->passphrase_file);
    answer.minute = file.backup->minute.value_or(answer.minute);
    answer.keep = file.backup->keep.value_or(answer.keep);
    return answer;
}

std::vector<std::pair<auth::Role, PersonAnswer>> people_of(AnswerFile const& file) {
    std::vector<std::pair<auth::Role, PersonAnswer>> out;
    for (auto const& person : file.people) {
        PersonAnswer answer{person.name, person.login, {}, {}};
        if (person.password_file) answer.password = answer.again = secret_in(*person.password_file);
        out.emplace_back(person.role, std::move(answer));
    }
    return out;
}

}  // namespace santong::server::setup
