#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "core/embedded.hpp"
#include "core/id.hpp"
#include "platform/files/child_process.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/preview_maker.hpp"

using namespace santong::files;
namespace fs = std::filesystem;
namespace core = santong::core;

namespace {

struct Bench {
    Bench() : folder(fs::temp_directory_path() / ("santong-preview-" + core::Uuid::make().text())) {
        fs::create_directories(folder);
    }
    ~Bench() { fs::remove_all(folder); }
    fs::path file(std::string const& name, std::string const& bytes) const {
        std::ofstream(folder / name, std::ios::binary) << bytes;
        return folder / name;
    }
    core::Result<MadePreview> make(fs::path const& source, std::string_view type) const {
        auto const work = folder / core::Uuid::make().text();
        fs::create_directories(work);
        return tool_preview_maker()->make(source, type, work, {});
    }
    fs::path folder;
};

bool installed(std::string const& program) {
    return find_program(program).has_value();
}

/// The first file of the demo with such a path.
std::string content(std::string_view folder, std::string_view ending) {
    for (auto const& file : santong::embedded::demo_content()) {
        if (std::string_view(file.path).starts_with(folder) && std::string_view(file.path).ends_with(ending))
            return std::string(file.bytes);
    }
    return {};
}

constexpr char const* slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

}  // namespace

TEST_CASE("a child works in its own folder and says how it ended") {
    Bench const bench;
    auto const shell = [&](std::string const& line) { return run_child({"/bin/sh", "-c", line}, bench.folder, {}); };
    CHECK(shell("pwd > here; echo $HOME > home; test -z \"$SANTONG_TEST_DATABASE\"").good());
    CHECK(disk::read_at(bench.folder / "here", 0, 200) == fs::canonical(bench.folder).string() + "\n");
    CHECK(disk::read_at(bench.folder / "home", 0, 200) == bench.folder.string() + "\n");
    CHECK(shell("exit 7").code == 7);
    CHECK(shell("kill -9 $$").end == ChildEnd::crashed);
    CHECK_FALSE(run_child({"/no/such/program"}, bench.folder, {}).good());
}

TEST_CASE("a child that is late or no longer wanted is killed with what it started") {
    Bench const bench;
    std::string const two = "sleep 60 & echo $! > other; sleep 60";
    ChildLimits limits;
    limits.time = std::chrono::seconds(1);
    CHECK(run_child({"/bin/sh", "-c", two}, bench.folder, limits).end == ChildEnd::late);
    auto const other = disk::read_at(bench.folder / "other", 0, 20);
    REQUIRE_FALSE(other.empty());
    auto const state = fs::path("/proc") / other.substr(0, other.size() - 1) / "stat";
    // The kernel ends it a moment after the signal.
    std::string left = "not read yet";
    for (int tries = 0; tries < 500 && !left.empty() && left.find(" Z ") == std::string::npos; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::ifstream in(state);
        left.assign((std::istreambuf_iterator<char>(in)), {});
    }
    CHECK((left.empty() || left.find(" Z ") != std::string::npos));
    CHECK(run_child({"/bin/sleep", "60"}, bench.folder, {}, [] { return false; }).end == ChildEnd::stopped);
}

TEST_CASE("a child cannot take more memory or disk than it was given") {
    Bench const bench;
    ChildLimits limits;
    limits.file_size = 64 * 1024;
    auto const big = run_child({"/bin/sh", "-c", "dd if=/dev/zero of=big bs=1024 count=1024"}, bench.folder, limits);
    CHECK_FALSE(big.good());
    CHECK(fs::file_size(bench.folder / "big") <= 64 * 1024);
}

TEST_CASE("an office document becomes a PDF with a picture of its first page, a broken one a reason") {
    Bench const bench;
    auto const whole = content("office/", ".pptx");
    auto const source = bench.file("whole", whole);
    auto const made = bench.make(source, slides);
    if (!installed("soffice")) {
        CHECK(made.error().key == "files.preview_no_tool");
        return;
    }
    REQUIRE(made.has_value());
    CHECK(disk::read_at(*made->preview, 0, 5) == "%PDF-");
    if (installed("pdftoppm")) CHECK(disk::read_at(made->thumbnail.value(), 0, 3) == "\xff\xd8\xff");
    auto const broken = bench.make(bench.file("broken.pptx", whole.substr(0, whole.size() / 2)), slides);
    CHECK(broken.error().key == "files.preview_broken");
}

TEST_CASE("a page, a picture and a film get a small picture; what is broken gets a reason") {
    Bench const bench;
    auto const drawn = [&](std::string const& bytes, char const* type, char const* program) {
        auto const made = bench.make(bench.file("source", bytes), type);
        if (!installed(program)) return made.error().key == "files.preview_no_tool";
        return made && disk::read_at(made->thumbnail.value(), 0, 3) == "\xff\xd8\xff";
    };
    CHECK(drawn(content("pdf/", ".pdf"), "application/pdf", "pdftoppm"));
    CHECK(drawn(content("picture/", ".png"), "image/png", "ffmpeg"));
    CHECK(drawn(content("video/", ".mp4"), "video/mp4", "ffmpeg"));
    CHECK_FALSE(bench.make(bench.file("no.pdf", "%PDF-1.4 nothing"), "application/pdf").has_value());
    CHECK_FALSE(bench.make(bench.file("no.mp4", "nothing"), "video/mp4").has_value());
    CHECK(preview_kind("text/plain") == PreviewKind::nothing);
}
