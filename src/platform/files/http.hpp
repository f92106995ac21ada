#pragma once
#include "platform/files/addresses.hpp"
#include "platform/files/packages.hpp"
#include "platform/files/service.hpp"
#include "platform/files/uploads.hpp"
#include "platform/http/router.hpp"

namespace santong::files {

/// What the routes of files work with; everything must outlive the router.
struct FileRoutes {
    Files& files;
    Uploads& uploads;
    Packages& packages;
    Addresses const& addresses;
    SessionOpen session_open;
    std::function<std::string()> main_origin;     ///< "https://hub.example"; asked when the server runs
    std::function<std::string()> package_origin;  ///< the second origin
    /// Whether a thing of the public door is public with this file; asked for each file of its package.
    std::function<bool(core::DistrictId, core::Uuid const& thing, core::FileId const&)> is_public{};
};

/// An address that works without asking for rights again, and until when.
struct SignedAddress {
    std::string url;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SignedAddress, (), (url, expires_at))

/// Address for players, good for ten minutes in the caller's session. Whoever calls has asked whether he may read it.
SignedAddress address_of(FileRoutes const& site, FileObject const& file, auth::Caller const& caller);
/// Address of a package's start page on the second origin; unpacks it the first time. Refuses as Packages::start_page.
core::Result<SignedAddress> package_address(FileRoutes const& site, FileObject const& file, auth::Caller const& caller);
/// Address of another page of it, named as in `Packages::course`.
SignedAddress package_page_address(FileRoutes const& site, FileObject const& file, std::string const& page,
                                   auth::Caller const& caller);

/// Address of a page of a package at the public door: for whoever comes, while `thing` is public with this file.
std::string open_package_address(FileRoutes const& site, FileObject const& file, std::string const& page,
                                 OpenTicket const& thing);

/// The bytes of a file, shown in place where that is safe and not only to be saved. Whoever calls has asked whether it
/// may be read.
http::Response download(Files& files, FileObject const& file, bool save, std::string const& trace_id);

/// Downloads, signed addresses and package addresses on the main origin.
void register_routes(http::Router& router, FileRoutes const& site);
/// The tus 1.0 server below /api/v1/uploads.
void register_upload_routes(http::Router& router, FileRoutes const& site);
/// The files of packages; for the router of the second origin, which knows no session and sets no cookie.
void register_package_routes(http::Router& router, FileRoutes const& site);

}  // namespace santong::files
