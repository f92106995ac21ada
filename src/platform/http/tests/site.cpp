#include "site.hpp"

#include <cstdlib>
#include <fstream>

namespace santong::http::test {

Folder::Folder() {
    auto wanted = (std::filesystem::temp_directory_path() / "santong-http-XXXXXX").string();
    path_ = ::mkdtemp(wanted.data());
}

Folder::~Folder() {
    std::filesystem::remove_all(path_);
}

std::string Folder::write(std::string const& name, std::string const& bytes) const {
    auto const file = path_ + "/" + name;
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

std::size_t Folder::count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
}

Site::Site() {
    options.port = 0;
    options.temp_dir = folder.path();
}

HttpClient Site::start(Authenticate authenticate, IdempotencyStore* idempotency) {
    server = std::make_unique<Server>(options, router, std::move(authenticate), idempotency);
    server->start();
    return client();
}

void Site::echo(std::string const& path) {
    router.act<Note, Note>(path, Access::open(),
                           [](Call const&, Note const& note) -> core::Result<Note> { return note; });
}

}  // namespace santong::http::test
