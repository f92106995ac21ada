#include "platform/files/preview_maker.hpp"

#include <fstream>

#include "core/assert.hpp"
#include "platform/files/child_process.hpp"

namespace santong::files {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t gigabyte = std::int64_t{1} << 30;
constexpr ChildLimits office_limits{std::chrono::seconds(120), 4 * gigabyte, gigabyte / 2};
constexpr ChildLimits page_limits{std::chrono::seconds(40), 2 * gigabyte, gigabyte / 16};
constexpr ChildLimits film_limits{std::chrono::seconds(60), 3 * gigabyte, gigabyte / 16};
/// A picture with more bytes gets a smaller one beside it.
constexpr std::int64_t large_picture = 600 * 1024;
constexpr int restart_wanted = 81;  ///< LibreOffice after it has made its profile

enum class Way { none, office, page, film, picture };

Way way_of(std::string_view type) {
    if (type == "application/pdf") return Way::page;
    if (type == "application/msword" || type.starts_with("application/vnd.ms-") ||
        type.starts_with("application/vnd.openxmlformats-officedocument."))
        return Way::office;
    if (type.starts_with("video/")) return Way::film;
    if (type == "image/png" || type == "image/jpeg" || type == "image/webp" || type == "image/gif") return Way::picture;
    return Way::none;
}

/// LibreOffice goes by the ending where a file's first bytes do not tell.
std::string_view ending_of(std::string_view type) {
    if (type == "application/msword") return "doc";
    if (type == "application/vnd.ms-powerpoint") return "ppt";
    if (type == "application/vnd.ms-excel") return "xls";
    if (type.ends_with("presentationml.presentation")) return "pptx";
    if (type.ends_with("spreadsheetml.sheet")) return "xlsx";
    return "docx";
}

bool filled(fs::path const& file) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(file, error)) && fs::file_size(file, error) > 0 && !error;
}

class ToolMaker final : public PreviewMaker {
public:
    core::Result<MadePreview> make(fs::path const& file, std::string_view media_type, fs::path const& folder,
                                   std::function<bool()> const& keep_going) override {
        Work const work{file, folder, keep_going};
        switch (way_of(media_type)) {
            case Way::office: return office(work, media_type);
            case Way::page: return page(work);
            case Way::film: return film(work);
            case Way::picture: return picture(work);
            case Way::none: return MadePreview{};
        }
        return MadePreview{};
    }

private:
    struct Work {
        fs::path file;
        fs::path folder;
        std::function<bool()> keep_going;
    };

    static core::Result<fs::path> tool(char const* program) {
        for (auto const& one : preview_tools()) {
            if (one.program != program) continue;
            if (one.path) return *one.path;
            return core::unsupported("files.preview_no_tool", {{"package", one.package}});
        }
        SANTONG_ASSERT(false);
    }

    static core::Result<void> run(Work const& work, std::vector<std::string> const& command,
                                  ChildLimits const& limits) {
        auto const answer = run_child(command, work.folder, limits, work.keep_going);
        if (answer.end == ChildEnd::late) return core::invalid("files.preview_late");
        if (answer.end == ChildEnd::stopped) return core::unavailable("files.preview_stopped");
        if (!answer.good()) return core::invalid("files.preview_broken");
        return {};
    }

    /// The first page at the width of a thumbnail.
    static core::Result<fs::path> first_page(Work const& work, fs::path const& pdf) {
        auto const program = TRY(tool("pdftoppm"));
        auto const stem = work.folder / "page";
        TRY_VOID(run(work,
                     {program, "-jpeg", "-jpegopt", "quality=80", "-f", "1", "-l", "1", "-singlefile", "-scale-to-x",
                      std::to_string(thumbnail_width), "-scale-to-y", "-1", pdf, stem},
                     page_limits));
        auto picture = stem;
        picture += ".jpg";
        if (!filled(picture)) return core::invalid("files.preview_broken");
        return picture;
    }

    static core::Result<MadePreview> page(Work const& work) {
        MadePreview made;
        made.thumbnail = TRY(first_page(work, work.file));
        return made;
    }

    static core::Result<MadePreview> office(Work const& work, std::string_view media_type) {
        auto const program = TRY(tool("soffice"));
        auto const source = work.folder / ("source." + std::string(ending_of(media_type)));
        fs::copy_file(work.file, source, fs::copy_options::overwrite_existing);
        std::vector<std::string> const command{
            program.string(), "-env:UserInstallation=file://" + (work.folder / "profile").string(),
            "--headless",     "--norestore",
            "--nologo",       "--nolockcheck",
            "--convert-to",   "pdf",
            "--outdir",       work.folder.string(),
            source.string()};
        auto answer = run_child(command, work.folder, office_limits, work.keep_going);
        if (answer.end == ChildEnd::exited && answer.code == restart_wanted)
            answer = run_child(command, work.folder, office_limits, work.keep_going);
        if (answer.end == ChildEnd::late) return core::invalid("files.preview_late");
        if (answer.end == ChildEnd::stopped) return core::unavailable("files.preview_stopped");
        MadePreview made;
        made.preview = work.folder / "source.pdf";
        // It answers 0 also where it could not read the file; what counts is the PDF.
        if (!answer.good() || !filled(*made.preview)) return core::invalid("files.preview_broken");
        if (auto const picture = first_page(work, *made.preview)) made.thumbnail = *picture;
        return made;
    }

    static core::Result<fs::path> scaled(Work const& work, std::vector<std::string> const& before,
                                         std::string const& filter, std::string const& name) {
        auto const program = TRY(tool("ffmpeg"));
        auto const picture = work.folder / name;
        std::vector<std::string> command{program, "-nostdin", "-v", "error", "-y", "-threads", "1"};
        command.insert(command.end(), before.begin(), before.end());
        // Only this file: a play list must not lead anywhere else.
        command.insert(command.end(), {"-protocol_whitelist", "file", "-i", work.file.string(), "-frames:v", "1", "-vf",
                                       filter, "-q:v", "4", picture.string()});
        TRY_VOID(run(work, command, film_limits));
        if (!filled(picture)) return core::invalid("files.preview_broken");
        return picture;
    }

    static std::string at_most(int width) { return "scale='min(" + std::to_string(width) + ",iw)':-2"; }

    static core::Result<MadePreview> film(Work const& work) {
        MadePreview made;
        auto poster = scaled(work, {"-ss", "3"}, at_most(thumbnail_width), "poster.jpg");
        // A film of less than three seconds has no picture there.
        if (!poster && poster.error().key == "files.preview_broken")
            poster = scaled(work, {}, at_most(thumbnail_width), "poster.jpg");
        made.thumbnail = TRY(std::move(poster));
        return made;
    }

    static core::Result<MadePreview> picture(Work const& work) {
        constexpr int screen_width = 1600;
        MadePreview made;
        made.thumbnail = TRY(scaled(work, {}, at_most(thumbnail_width), "small.jpg"));
        if (static_cast<std::int64_t>(fs::file_size(work.file)) > large_picture)
            made.preview = TRY(scaled(work, {}, at_most(screen_width), "screen.webp"));
        return made;
    }
};

}  // namespace

PreviewKind preview_kind(std::string_view media_type) {
    auto const way = way_of(media_type);
    if (way == Way::none) return PreviewKind::nothing;
    return way == Way::office ? PreviewKind::thumbnail_and_preview : PreviewKind::thumbnail;
}

std::vector<PreviewTool> preview_tools() {
    std::vector<PreviewTool> tools{
        {"soffice", "libreoffice-impress-nogui libreoffice-writer-nogui libreoffice-calc-nogui",
         "office documents as PDF", find_program("soffice")},
        {"pdftoppm", "poppler-utils", "pictures of pages", find_program("pdftoppm")},
        {"ffmpeg", "ffmpeg", "pictures of films", find_program("ffmpeg")}};
    // The program itself instead of the script that starts it: one process to limit and to end.
    if (auto& office = tools.front().path) {
        auto const inner = office->parent_path() / "soffice.bin";
        if (fs::is_regular_file(inner)) office = inner;
    }
    return tools;
}

std::unique_ptr<PreviewMaker> tool_preview_maker() {
    return std::make_unique<ToolMaker>();
}

}  // namespace santong::files
