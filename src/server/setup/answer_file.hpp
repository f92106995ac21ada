#pragma once
// The answers of the first start from a TOML file; tests/upgrade and tests/package have examples.
#include "server/setup/answers.hpp"

namespace santong::server::setup {

/// One of the first four; without a password file a one-time code is printed for him at the end.
struct FilePerson {
    auth::Role role = auth::Role::sysadmin;
    std::string name;
    std::string login;
    std::optional<std::string> password_file;
};
BOOST_DESCRIBE_STRUCT(FilePerson, (), (role, name, login, password_file))

struct FilePlace {
    config::Place place = config::Place::hub;
    std::optional<std::string> host;
    std::optional<std::int32_t> zone_minutes;
};
BOOST_DESCRIBE_STRUCT(FilePlace, (), (place, host, zone_minutes))

/// What is left out of the term is proposed by the machine's date.
struct FileDistrict {
    std::optional<roster::OrgKind> kind;
    core::DistrictId number = 0;
    std::string name;
    std::optional<std::int32_t> school_year;
    std::optional<std::int32_t> term;
    std::optional<core::LocalDate> from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(FileDistrict, (), (kind, number, name, school_year, term, from_date, to_date))

struct FileCertificate {
    CertificateWay way = CertificateWay::later;
    std::optional<std::string> origin, package_origin, certificate, key, names, permits;
    std::optional<std::int32_t> port, http_port;
};
BOOST_DESCRIBE_STRUCT(FileCertificate, (),
                      (way, origin, package_origin, certificate, key, names, permits, port, http_port))

struct FileBackup {
    std::string folder;
    std::string passphrase_file;
    std::optional<std::int32_t> minute;
    std::optional<std::int32_t> keep;
};
BOOST_DESCRIBE_STRUCT(FileBackup, (), (folder, passphrase_file, minute, keep))

struct AnswerFile {
    FilePlace place;
    FileDistrict district;
    std::vector<FilePerson> people;
    std::optional<FileCertificate> certificate;  ///< absent: later
    std::optional<FileBackup> backup;            ///< absent: later
};
BOOST_DESCRIBE_STRUCT(AnswerFile, (), (place, district, people, certificate, backup))

/// Throws CannotBegin with file and place for what cannot be read.
AnswerFile read_answer_file(std::string const& path);

PlaceAnswer place_of(AnswerFile const& file);
DistrictAnswer district_of(AnswerFile const& file, core::LocalDate today);
CertificateAnswer certificate_of(AnswerFile const& file);
BackupAnswer backup_of(AnswerFile const& file);
/// In the order of the file, with the password that stands in his file; empty without one.
std::vector<std::pair<auth::Role, PersonAnswer>> people_of(AnswerFile const& file);

}  // namespace santong::server::setup
