#include "platform/tls/certificate.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "platform/tls/authority.hpp"
#include "server/certificate.hpp"
#include "server/doctor/checks.hpp"

namespace santong::server::doctor {

namespace fs = std::filesystem;

namespace {

constexpr int authority_warning_days = 365;  ///< every machine of the district has to trust the next one by then

bool others_may_read(std::string const& path) {
    struct stat facts{};
    return ::stat(path.c_str(), &facts) == 0 && (facts.st_mode & 077) != 0;
}

/// Whether a certificate stands for a name; "*.example.cn" stands for one label more.
bool stands_for(tls::CertificateFacts const& facts, std::string const& name) {
    return std::any_of(facts.names.begin(), facts.names.end(), [&](std::string const& one) {
        if (!one.starts_with("*.")) return one == name;
        auto const dot = name.find('.');
        return dot != std::string::npos && std::string_view(name).substr(dot) == std::string_view(one).substr(1);
    });
}

void look_at_end(tls::CertificateFacts const& facts, std::string const& renewal, Findings& findings) {
    int const days = facts.days_left(core::system_now());
    auto const text = "ends in " + std::to_string(days) + " days";
    if (days < 0)
        fault(findings, "tls.certificate", "has ended " + std::to_string(-days) + " days ago",
              renewal + " now; browsers refuse it");
    else if (days < tls::warning_days)
        warn(findings, "tls.certificate", text, renewal);
    else
        ok(findings, "tls.certificate", text);
}

void look_at_served(Patient const& patient, http::Tls const& files, Findings& findings) {
    bool const own = patient.settings.tls.from == config::CertificateSource::authority;
    if (!fs::exists(files.certificate) && own)
        return ok(findings, "tls.certificate", "is issued when the server starts");
    if (!fs::exists(files.certificate) && files.awaited)
        return warn(findings, "tls.certificate", files.certificate + " is not there yet",
                    "run the ACME program; it is taken within a minute");
    try {
        auto const facts = tls::read_certificate_file(files.certificate);
        look_at_end(facts, own ? "the server renews it by itself while it runs: look into its log" : "renew it",
                    findings);
        auto called = patient.settings.server;
        if (!own) called.address = "0.0.0.0";  // an operator's certificate need not stand for the bare address
        for (auto const& name : certified_names(called, patient.settings.tls)) {
            if (!stands_for(facts, name))
                warn(findings, "tls.names", "the certificate does not stand for " + name,
                     own ? "the server issues a new one within a minute"
                         : "ask for one that does, or browsers refuse it");
        }
    } catch (std::runtime_error const&) {
        return fault(findings, "tls.certificate", files.certificate + " cannot be read",
                     "name a PEM file with the certificate and its chain");
    }
    if (!tls::key_belongs(files.certificate, files.key))
        fault(findings, "tls.key", files.key + " cannot be read or is not the key of the certificate",
              "name the private key (PEM, without a passphrase) that belongs to it");
    else if (others_may_read(files.key))
        warn(findings, "tls.key", files.key + " may be read by other users of the machine", "chmod 600 " + files.key);
}

void look_at_authority(Patient const& patient, Findings& findings) {
    bool const wanted = patient.settings.tls.from == config::CertificateSource::authority;
    // A schema from before the authority is the database's finding, not ours.
    auto const authority = patient.db->read(0, [](sql::Tx& tx) { return tls::known_authority(tx); });
    if (!authority && wanted)
        return fault(findings, "authority", "there is no authority that could issue the certificate",
                     "santong authority create NAME… --data " + patient.place.data);
    if (!authority) return;
    auto const key = patient.place.keys_folder() + "/" + tls::authority_key_file(authority->id);
    if (!fs::exists(key) || others_may_read(key))
        return fault(findings, "authority.key",
                     fs::exists(key) ? key + " may be read by other users of the machine" : key + " is missing",
                     fs::exists(key) ? "chmod 600 " + key : "put it back from its copy, or restore a backup");
    int const days = tls::read_certificate(authority->root).days_left(core::system_now());
    auto const text = "ends in " + std::to_string(days) + " days";
    if (days < authority_warning_days)
        warn(findings, "authority", text,
             "santong authority create --replace, and the new certificate on every machine");
    else
        ok(findings, "authority", text);
}

}  // namespace

void look_at_certificates(Patient const& patient, Findings& findings) {
    auto const& settings = patient.settings.tls;
    if (auto const files = tls_files(patient.place, settings)) look_at_served(patient, *files, findings);
    if (!settings.challenge_folder.empty() && !fs::is_directory(settings.challenge_folder))
        warn(findings, "tls.challenges", settings.challenge_folder + " is no folder",
             "make it; the ACME program puts its answers there");
    if (patient.db) look_at_authority(patient, findings);
}

}  // namespace santong::server::doctor
