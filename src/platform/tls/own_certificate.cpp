#include "platform/tls/own_certificate.hpp"

#include <algorithm>
#include <filesystem>

#include "platform/auth/crypto.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/tls/certificate.hpp"
#include "platform/tls/pem.hpp"

namespace santong::tls {

namespace fs = std::filesystem;

namespace {

/// Whether the second certificate of the chain is the authority's.
bool of_authority(std::string const& chain, Authority const& authority) {
    return chain.ends_with(authority.issuer);
}

bool same_names(std::vector<std::string> const& wanted, std::vector<std::string> there) {
    std::vector<std::string> texts;
    for (auto const& text : wanted) {
        auto const name = SiteName::parse(text);
        texts.push_back(name ? name->text() : text);
    }
    std::sort(texts.begin(), texts.end());
    std::sort(there.begin(), there.end());
    return texts == there;
}

bool still_good(AuthorityPlace const& place, Authority const& authority, std::vector<std::string> const& names,
                OwnFiles const& files) {
    if (!fs::exists(files.certificate) || !key_belongs(files.certificate, files.key)) return false;
    auto const chain = read_text(files.certificate);
    auto const facts = read_certificate(chain);
    return of_authority(chain, authority) && same_names(names, facts.names) &&
           facts.days_left(core::system_now()) >= renew_days && !is_revoked(place.db, facts.serial);
}

}  // namespace

core::Result<bool> keep_own_certificate(AuthorityPlace const& place, std::vector<std::string> const& names,
                                        OwnFiles const& files) {
    auto const authority = current_authority(place.db);
    if (!authority) return core::not_found("tls.no_authority");
    if (still_good(place, *authority, names, files)) return false;
    auto pair = TRY(issue_certificate(place, names, own_days));
    fs::create_directories(fs::path(files.certificate).parent_path());
    // A cut between the two leaves a pair that does not match: the next look makes a new one.
    auth::write_private_file(files.key, pair.key);
    auth::write_private_file(files.certificate, pair.chain);
    auth::crypto::wipe(pair.key);
    return true;
}

}  // namespace santong::tls
