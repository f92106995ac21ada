#include "platform/files/media_type.hpp"

#include "files_world.hpp"

using namespace santong::test;
using santong::files::FileKind;
namespace files = santong::files;

namespace {

struct Probe {
    Probe() { fs::create_directories(folder); }
    ~Probe() { fs::remove_all(folder); }
    santong::core::Result<files::MediaType const*> look(std::string const& name, std::string const& bytes) {
        std::ofstream(folder / "probe", std::ios::binary) << bytes;
        return files::detect(folder / "probe", name);
    }
    std::string refusal(std::string const& name, std::string const& bytes) {
        auto const result = look(name, bytes);
        return result ? std::string("taken as ") + (*result)->media_type : result.error().key;
    }
    std::string type(std::string const& name, std::string const& bytes) {
        auto const result = look(name, bytes);
        return result ? (*result)->media_type : result.error().key;
    }
    fs::path folder = fs::temp_directory_path() / ("santong_media_" + santong::core::Uuid::make().text());
};

std::string binary(std::initializer_list<int> bytes) {
    std::string text;
    for (int byte : bytes) text += static_cast<char>(byte);
    return text;
}

}  // namespace

TEST_CASE("a file is known by its bytes") {
    Probe probe;
    CHECK(probe.type("教案.pdf", pdf) == "application/pdf");
    CHECK(probe.type("图.PNG", png) == "image/png");
    CHECK(probe.type("a.jpg", binary({0xFF, 0xD8, 0xFF, 0xE0, 0, 16})) == "image/jpeg");
    CHECK(probe.type("a.gif", "GIF89a....") == "image/gif");
    CHECK(probe.type("a.webp", "RIFF....WEBPVP8 ") == "image/webp");
    CHECK(probe.type("a.wav", "RIFF....WAVEfmt ") == "audio/wav");
    CHECK(probe.type("a.mp4", std::string("\0\0\0\x18"
                                          "ftypisom",
                                          12)) == "video/mp4");
    CHECK(probe.type("a.m4a", std::string("\0\0\0\x18"
                                          "ftypM4A ",
                                          12)) == "audio/mp4");
    CHECK(probe.type("a.webm", binary({0x1A, 0x45, 0xDF, 0xA3}) + "\x42\x82\x84webm") == "video/webm");
    CHECK(probe.type("a.mp3", "ID3\x03") == "audio/mpeg");
    CHECK(probe.type("a.mp3", binary({0xFF, 0xFB, 0x90, 0x64})) == "audio/mpeg");
    CHECK(probe.type("a.ogg", "OggS") == "audio/ogg");
    CHECK(probe.type("诗.txt", "床前明月光") == "text/plain");
    CHECK(probe.type("名单.csv", "姓名,学号\n") == "text/csv");
    CHECK(probe.type("gbk.txt", binary({0xB4, 0xB2, 0xC7, 0xB0, '\n'})) == "text/plain");
    CHECK(probe.type("a.svg", "<?xml version='1.0'?><svg xmlns='x'/>") == "image/svg+xml");
    CHECK(probe.type("a.html", "<!DOCTYPE html><p>") == "text/html");
}

TEST_CASE("a zip is known by what it holds") {
    Probe probe;
    auto const office = [](char const* main) { return make_zip({{"[Content_Types].xml", "<x/>"}, {main, "<x/>"}}); };
    CHECK(probe.look("a.docx", office("word/document.xml")).value()->kind == FileKind::document);
    CHECK(probe.look("a.pptx", office("ppt/presentation.xml")).value()->kind == FileKind::slides);
    CHECK(probe.look("a.xlsx", office("xl/workbook.xml")).value()->kind == FileKind::table);
    CHECK(probe.look("a.h5p", make_zip({{"h5p.json", "{}"}})).value()->kind == FileKind::h5p_package);
    CHECK(probe.look("a.zip", make_zip({{"imsmanifest.xml", "<x/>"}})).value()->kind == FileKind::scorm_package);
    CHECK(probe.look("a.zip", make_zip({{"课件/index.html", "<p>"}})).value()->kind == FileKind::html_package);
    CHECK(probe.look("a.zip", make_zip({{"a/b/index.html", "<p>"}})).value()->kind == FileKind::archive);
}

TEST_CASE("an old office file is known by its streams, and an installer in its clothes is refused") {
    Probe probe;
    auto const ole = [](std::string const& stream) {
        std::string file = binary({0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}) + std::string(504, '\0');
        file[30] = 9;
        std::string wide;
        for (char c : stream) wide += std::string{c, '\0'};
        return file + wide + std::string(512, '\0');
    };
    CHECK(probe.type("教案.doc", ole("WordDocument")) == "application/msword");
    CHECK(probe.type("教案.wps", ole("WordDocument")) == "application/msword");
    CHECK(probe.type("课件.ppt", ole("PowerPoint Document")) == "application/vnd.ms-powerpoint");
    CHECK(probe.type("成绩.xls", ole("Workbook")) == "application/vnd.ms-excel");
    CHECK(probe.refusal("教案.doc", ole("!_StringData")) == "files.content_not_taken");
}

TEST_CASE("a file that lies about itself is refused") {
    Probe probe;
    CHECK(probe.refusal("作业.pdf", "<html><script>alert(1)</script>") == "files.name_disagrees");
    CHECK(probe.refusal("作业.jpg", pdf) == "files.name_disagrees");
    CHECK(probe.refusal("a.txt", "  <!DOCTYPE HTML><script>") == "files.name_disagrees");
    CHECK(probe.refusal("a.csv", "<svg onload='x'>") == "files.name_disagrees");
    CHECK(probe.refusal("a.docx", make_zip({{"index.html", "<p>"}})) == "files.name_disagrees");
    CHECK(probe.refusal("a.mp4", "not a film") == "files.name_disagrees");
    CHECK(probe.refusal("a.mp4", binary({1, 2, 3, 4})) == "files.content_not_taken");
}

TEST_CASE("programs are refused by name, by bytes, and inside archives") {
    Probe probe;
    CHECK(probe.refusal("setup.exe", pdf) == "files.executable");
    CHECK(probe.refusal("课件.pdf.EXE", pdf) == "files.executable");
    CHECK(probe.refusal("a.docm", pdf) == "files.executable");
    CHECK(probe.refusal("a.pdf", std::string("MZ\x90\0\3\0", 6)) == "files.executable_content");
    CHECK(probe.refusal("a.txt", "#!/bin/sh\n") == "files.executable_content");
    CHECK(probe.refusal("a.pdf", binary({0x7F, 'E', 'L', 'F'})) == "files.executable_content");
    CHECK(probe.refusal("a.zip", make_zip({{"dir/run.bat", "x"}})) == "files.executable_inside");
    CHECK(probe.refusal("a.zip", make_zip({{"AndroidManifest.xml", "x"}})) == "files.executable_content");
    CHECK(probe.refusal(
              "a.docx",
              make_zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x"}, {"word/vbaProject.bin", "x"}})) ==
          "files.macros");
}

TEST_CASE("an empty file, a broken zip and an unknown kind are named as such") {
    Probe probe;
    CHECK(probe.refusal("a.txt", "") == "files.empty");
    CHECK(probe.refusal("a.zip", make_zip({{"index.html", std::string(999, 'x')}}).substr(0, 60)) ==
          "files.broken_archive");
    // an iPhone's picture, under its own name and under another one
    CHECK(probe.refusal("IMG_0012.HEIC", "x") == "files.heic");
    CHECK(probe.refusal("IMG_0012.jpg", std::string("\0\0\0\x18"
                                                    "ftypheic\0\0\0\0mif1heic",
                                                    24)) == "files.heic");
    CHECK(probe.refusal("a.flv", "FLV\x01") == "files.kind_not_taken");
    CHECK(probe.type("MZ of a text.txt", "MZ stands for Mark Zbikowski") == "text/plain");
}

TEST_CASE("files inside a package get the type of their extension, never a guess") {
    CHECK(files::package_media_type("a/b.HTML") == "text/html");
    CHECK(files::package_media_type("x.woff2") == "font/woff2");
    CHECK(files::package_media_type("x.html.bin") == "application/octet-stream");
    CHECK(files::package_media_type("a.b/noextension") == "application/octet-stream");
}
