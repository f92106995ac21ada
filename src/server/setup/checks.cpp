#include "server/setup/checks.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/error.hpp"
#include "platform/auth/domain.hpp"
#include "platform/auth/password.hpp"
#include "platform/text/utf8.hpp"
#include "platform/tls/certificate.hpp"
#include "platform/tls/site_name.hpp"

namespace santong::server::setup {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t least_passphrase = 12;
constexpr int shortest_term_days = 30;
constexpr int longest_term_days = 240;

/// The problems of one answer, in the order of its fields.
class Problems {
public:
    void add(std::string pointer, std::string key, core::ErrorParams params = {}) {
        list_.push_back({std::move(pointer), std::move(key), std::move(params)});
    }
    void check(bool good, char const* pointer, char const* key) {
        if (!good) add(pointer, key);
    }
    bool any() const { return !list_.empty(); }
    core::Result<void> verdict() {
        if (list_.empty()) return {};
        return core::invalid(std::move(list_));
    }

private:
    std::vector<core::Problem> list_;
};

bool blank(std::string const& text) {
    return text.find_first_not_of(" \t") == std::string::npos;
}

bool good_name(std::string const& text) {
    return !blank(text) && text::count_characters(text) <= longest_name;
}

/// The first two digits of GB/T 2260.
bool is_province(int code) {
    constexpr std::array<int, 34> known{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42,
                                        43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82};
    return std::find(known.begin(), known.end(), code) != known.end();
}

/// Whether a number fits its level: 430000 a province, 430900 a city, 430921 a county, 9xxxxx an alliance.
bool fits_level(roster::OrgKind kind, core::DistrictId number) {
    if (number < 100'000 || number > 999'999) return false;
    if (kind == roster::OrgKind::alliance) return number >= 900'000;
    if (!is_province(number / 10'000)) return false;
    if (kind == roster::OrgKind::province) return number % 10'000 == 0;
    if (kind == roster::OrgKind::city) return number % 100 == 0 && number % 10'000 != 0;
    return kind == roster::OrgKind::county && number % 100 != 0;
}

bool good_login(std::string const& login) {
    constexpr auto letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    return login.size() >= 3 && login.size() <= 40 && login.find_first_not_of(letters) == std::string::npos;
}

bool good_origin(std::string const& origin) {
    constexpr std::string_view scheme = "https://";
    if (!origin.starts_with(scheme)) return false;
    auto const host = origin.substr(scheme.size());
    return !host.empty() && host.find_first_of("/ ?#@") == std::string::npos;
}

/// 0, or what the machine says when somebody wants to listen there.
int listening_fault(int port) {
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    int const done = ::bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address);
    int const fault = done == 0 ? 0 : errno;
    ::close(socket);
    return fault;
}

void check_port(Problems& problems, char const* pointer, int port, int own_port) {
    if (port < 1 || port > 65'535) return problems.add(pointer, "setup.port_range");
    if (port == own_port) return;
    int const fault = listening_fault(port);
    if (fault == EACCES) problems.add(pointer, "setup.port_forbidden", {{"port", std::to_string(port)}});
    if (fault == EADDRINUSE) problems.add(pointer, "setup.port_taken", {{"port", std::to_string(port)}});
}

/// Packages are served at the port after that of https.
void check_ports(Problems& problems, CertificateAnswer const& answer, int own_port) {
    check_port(problems, "/port", answer.port, own_port);
    if (!problems.any()) check_port(problems, "/port", answer.port + 1, own_port + 1);
    if (answer.http_port == 0) return;
    check_port(problems, "/http_port", answer.http_port, own_port);
    if (answer.http_port == answer.port || answer.http_port == answer.port + 1)
        problems.add("/http_port", "setup.port_twice");
}

void check_files(Problems& problems, CertificateAnswer const& answer) {
    for (auto const& [pointer, path] : {std::pair{"/certificate", answer.certificate}, std::pair{"/key", answer.key}}) {
        if (!path.starts_with('/'))
            problems.add(pointer, "setup.absolute_path");
        else if (::access(path.c_str(), R_OK) != 0)
            problems.add(pointer, "setup.file_unreadable");
    }
    if (problems.any()) return;
    try {
        auto const facts = tls::read_certificate_file(answer.certificate);
        if (facts.ends_at <= core::system_now()) problems.add("/certificate", "setup.certificate_over");
    } catch (std::runtime_error const&) {
        return problems.add("/certificate", "setup.no_certificate");
    }
    if (!tls::key_belongs(answer.certificate, answer.key)) problems.add("/key", "setup.key_of_another");
}

void check_authority(Problems& problems, CertificateAnswer const& answer) {
    std::vector<tls::PermittedName> permits;
    for (auto const& word : tls::words(answer.permits)) {
        auto const permit = tls::PermittedName::parse(word);
        if (permit)
            permits.push_back(*permit);
        else
            problems.add("/permits", "tls.bad_name", {{"name", word}});
    }
    auto const names = tls::words(answer.names);
    if (names.empty()) problems.add("/names", "tls.no_names");
    if (tls::words(answer.permits).empty()) problems.add("/permits", "tls.no_names");
    for (auto const& word : names) {
        auto const name = tls::SiteName::parse(word);
        auto const covers = [&](tls::PermittedName const& permit) { return name && permit.covers(*name); };
        if (!name)
            problems.add("/names", "tls.bad_name", {{"name", word}});
        else if (std::none_of(permits.begin(), permits.end(), covers))
            problems.add("/names", "tls.not_permitted", {{"name", word}});
    }
}

/// Whether `inner` lies in `outer` or is it.
bool within(fs::path const& inner, fs::path const& outer) {
    auto const a = fs::weakly_canonical(inner), b = fs::weakly_canonical(outer);
    return std::mismatch(b.begin(), b.end(), a.begin(), a.end()).first == b.end();
}

}  // namespace

core::Result<void> check_place(PlaceAnswer const& answer) {
    Problems problems;
    problems.check(answer.host.empty() || tls::SiteName::parse(answer.host).has_value(), "/host", "setup.bad_host");
    problems.check(answer.zone_minutes >= -720 && answer.zone_minutes <= 840, "/zone_minutes", "setup.bad_zone");
    return problems.verdict();
}

core::Result<void> check_district(DistrictAnswer const& answer) {
    Problems problems;
    problems.check(fits_level(answer.kind, answer.number), "/number",
                   answer.kind == roster::OrgKind::alliance ? "setup.alliance_number" : "setup.district_number");
    problems.check(good_name(answer.name), "/name", "setup.name_form");
    problems.check(answer.school_year >= 2000 && answer.school_year <= 2100, "/school_year", "setup.school_year");
    problems.check(answer.term == 1 || answer.term == 2, "/term", "setup.term_number");
    problems.check(answer.from_date.has_value(), "/from_date", "setup.date_missing");
    problems.check(answer.to_date.has_value(), "/to_date", "setup.date_missing");
    if (answer.from_date && answer.to_date) {
        int const days = answer.to_date->day_number() - answer.from_date->day_number();
        problems.check(days >= shortest_term_days && days <= longest_term_days, "/to_date", "setup.term_length");
        bool const of_year =
            answer.from_date->year == answer.school_year || answer.from_date->year == answer.school_year + 1;
        problems.check(of_year, "/from_date", "setup.term_of_year");
    }
    return problems.verdict();
}

core::Result<void> check_person(PersonAnswer const& answer, auth::Role role, std::vector<KeptPerson> const& others,
                                bool needs_password) {
    Problems problems;
    auto const login = auth::normalized_login(answer.login);
    problems.check(good_name(answer.name), "/name", "setup.name_form");
    problems.check(good_login(login), "/login", "setup.login_form");
    for (auto const& other : others) {
        if (other.role == role) continue;
        problems.check(other.login != login, "/login", "setup.login_twice");
        bool const apart = auth::is_separated(role) && auth::is_separated(other.role);
        problems.check(!apart || other.name != answer.name, "/name", "auth.administrators_apart");
    }
    if (needs_password || !answer.password.empty()) {
        auto const good = auth::check_password(answer.password, {login, answer.name, true});
        if (!good) problems.add("/password", good.error().problems.at(0).key, good.error().problems.at(0).params);
        problems.check(answer.again == answer.password, "/again", "setup.again_differs");
    }
    return problems.verdict();
}

core::Result<void> check_certificate(CertificateAnswer const& answer, int own_port) {
    Problems problems;
    switch (answer.way) {
        case CertificateWay::later: break;
        case CertificateWay::proxy:
            problems.check(good_origin(answer.origin), "/origin", "setup.bad_origin");
            problems.check(good_origin(answer.package_origin), "/package_origin", "setup.bad_origin");
            if (answer.origin == answer.package_origin) problems.add("/package_origin", "setup.origin_twice");
            break;
        case CertificateWay::files:
            check_files(problems, answer);
            check_ports(problems, answer, own_port);
            break;
        case CertificateWay::authority:
            check_authority(problems, answer);
            check_ports(problems, answer, own_port);
            break;
    }
    return problems.verdict();
}

core::Result<void> check_backup(BackupAnswer const& answer, std::string const& data) {
    Problems problems;
    if (answer.later) return {};
    problems.check(answer.folder.starts_with('/'), "/folder", "setup.absolute_path");
    if (answer.folder.starts_with('/') && within(answer.folder, data))
        problems.add("/folder", "setup.backup_within_data");
    if (text::count_characters(answer.passphrase) < least_passphrase)
        problems.add("/passphrase", "setup.passphrase_short", {{"min", std::to_string(least_passphrase)}});
    else if (auth::is_common_password(answer.passphrase))
        problems.add("/passphrase", "auth.password_common");
    problems.check(answer.again == answer.passphrase, "/again", "setup.again_differs");
    problems.check(answer.minute >= 0 && answer.minute < 1440, "/minute", "setup.bad_minute");
    problems.check(answer.keep >= 2 && answer.keep <= 400, "/keep", "setup.bad_keep");
    return problems.verdict();
}

DistrictAnswer proposed_term(core::LocalDate today) {
    constexpr int first_of_autumn = 8, last_of_autumn = 1;
    DistrictAnswer out;
    bool const autumn = today.month >= first_of_autumn || today.month <= last_of_autumn;
    out.school_year = today.month >= first_of_autumn ? today.year : today.year - 1;
    out.term = autumn ? 1 : 2;
    auto const year = static_cast<std::int16_t>(out.school_year);
    auto const next = static_cast<std::int16_t>(out.school_year + 1);
    out.from_date = autumn ? core::LocalDate{year, 9, 1} : core::LocalDate{next, 2, 20};
    out.to_date = autumn ? core::LocalDate{next, 1, 20} : core::LocalDate{next, 7, 5};
    return out;
}

}  // namespace santong::server::setup
