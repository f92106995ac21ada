#include "server/setup/site_file.hpp"

#include <filesystem>
#include <sstream>

#include "platform/auth/private_file.hpp"

namespace santong::server::setup {

namespace fs = std::filesystem;

namespace {

/// What config/school.toml, hub.toml and cell.toml set apart from each other.
struct Measure {
    int slow_workers, queue, max_connections, body_memory_mb, readers, connections;
};

Measure measure_of(config::Place place) {
    switch (place) {
        case config::Place::school: return {1, 512, 2'000, 64, 2, 8};
        case config::Place::hub: return {2, 1'024, 20'000, 256, 4, 16};
        case config::Place::cell: return {4, 4'096, 50'000, 1'024, 4, 32};
    }
    return {};
}

/// A text as TOML wants it.
std::string quoted(std::string const& text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string origin_of(std::string const& host, int port) {
    bool const v6 = host.find(':') != std::string::npos;
    return "https://" + (v6 ? "[" + host + "]" : host) + (port == 443 ? "" : ":" + std::to_string(port));
}

void write_server(std::ostream& out, PlaceAnswer const& place, CertificateAnswer const& certificate) {
    auto const measure = measure_of(place.place);
    bool const here = certificate.way == CertificateWay::later || certificate.way == CertificateWay::proxy;
    out << "[server]\n";
    if (!here)
        out << "address = \"0.0.0.0\"\nport = " << certificate.port << "\npackage_port = " << certificate.port + 1
            << '\n';
    if (certificate.way == CertificateWay::proxy) {
        out << "behind_proxy = true\npublic_origin = " << quoted(certificate.origin)
            << "\npackage_origin = " << quoted(certificate.package_origin) << '\n';
    } else if (!here && !place.host.empty()) {
        out << "public_origin = " << quoted(origin_of(place.host, certificate.port))
            << "\npackage_origin = " << quoted(origin_of(place.host, certificate.port + 1)) << '\n';
    }
    out << "slow_workers = " << measure.slow_workers << "\nqueue = " << measure.queue
        << "\nmax_connections = " << measure.max_connections << "\nbody_memory_mb = " << measure.body_memory_mb << '\n';
    out << "\n[database]\nreaders = " << measure.readers << "\nconnections = " << measure.connections << '\n';
}

void write_tls(std::ostream& out, CertificateAnswer const& certificate) {
    if (certificate.way == CertificateWay::later || certificate.way == CertificateWay::proxy) return;
    out << "\n[tls]\n";
    if (certificate.way == CertificateWay::files)
        out << "certificate = " << quoted(certificate.certificate) << "\nkey = " << quoted(certificate.key) << '\n';
    else
        out << "from = \"authority\"\nnames = " << quoted(certificate.names) << '\n';
    if (certificate.http_port != 0) out << "http_port = " << certificate.http_port << '\n';
}

std::string aside(std::string const& data) {
    return site_file(data) + ".new";
}

}  // namespace

std::string site_file(std::string const& data) {
    return data + "/" + config::site_file_name;
}

std::string site_text(PlaceAnswer const& place, CertificateAnswer const& certificate) {
    std::ostringstream out;
    out << "# Written by the wizard of the first start. It wins over a file named by --config; the command line wins "
           "over\n"
           "# it. config/hub.toml explains every key.\n";
    out << "place = \"" << core::enum_text(place.place) << "\"\n\n";
    write_server(out, place, certificate);
    write_tls(out, certificate);
    return out.str();
}

void prepare_site_file(std::string const& data, std::string const& text) {
    auth::write_private_file(aside(data), text);
}

void name_site_file(std::string const& data) {
    if (fs::exists(aside(data))) fs::rename(aside(data), site_file(data));
}

void mend_site_file(std::string const& data, bool district_stands) {
    if (district_stands)
        name_site_file(data);
    else
        fs::remove(aside(data));
}

}  // namespace santong::server::setup
