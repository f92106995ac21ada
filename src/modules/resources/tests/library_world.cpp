#include "library_world.hpp"

#include <filesystem>

namespace santong::test {

namespace fs = std::filesystem;
using namespace resources;

namespace {

std::string new_folder() {
    auto const path = fs::temp_directory_path() / ("santong-library-" + core::Uuid::make().text());
    fs::create_directories(path);
    return path.string();
}

}  // namespace

std::vector<std::string> full_sheet() {
    return {"resources.check.media_named", "resources.check.no_pupil", "resources.check.no_error",
            "resources.check.fits_course", "resources.check.readable"};
}

std::string pdf(std::string const& words, int pages) {
    std::string text = "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count " +
                       std::to_string(pages) + " >> endobj\n";
    for (int page = 0; page < pages; ++page) {
        text += std::to_string(3 + page) + " 0 obj << /Type /Page /Parent 2 0 R >> endobj\n";
    }
    return text + "% " + words + "\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
}

LibraryWorld::LibraryWorld()
    : folder(new_folder()), contents(folder), files(db(), contents, clock), library{db(), clock, files} {
    files.register_access(file_access(clock));
    NewTextbook const wish{
        "rj-math-5a",
        "数学五年级上册",
        "14",
        5,
        1,
        "人教版",
        {{"多边形的面积", 12, {{"平行四边形的面积", 3, {}}, {"三角形的面积", 3, {}}}}, {"可能性", 3, {}}}};
    book = add_textbook(library, caller(researcher), wish).value();
}

LibraryWorld::~LibraryWorld() {
    fs::remove_all(folder);
}

core::FileId LibraryWorld::upload(auth::Caller const& caller, std::string const& words) {
    return upload_file(caller, words + ".pdf", pdf(words));
}

core::FileId LibraryWorld::upload_file(auth::Caller const& caller, std::string const& name, std::string const& bytes) {
    return files.keep(district(), {name, caller.account, {}}, bytes).value().id;
}

ResourceId LibraryWorld::draft(auth::Caller const& caller, std::string const& title, std::string const& subject) {
    NewResource wish;
    wish.file_id = upload(caller, title);
    wish.about.title = title;
    wish.about.subject = subject;
    wish.about.grade_from = 5;
    wish.about.grade_to = 5;
    wish.about.licence = Licence::cc_by;
    wish.about.source = Source::own_work;
    wish.about.attribution = "张老师";
    return create(library, caller, wish).value().item.id;
}

ResourceId LibraryWorld::in_review(auth::Caller const& caller, std::string const& title, Scope scope) {
    auto const id = draft(caller, title);
    static_cast<void>(submit(library, caller, id, {scope}).value());
    return id;
}

ResourceId LibraryWorld::published(auth::Caller const& caller, std::string const& title, Scope scope) {
    auto const id = draft(caller, title);
    publish(caller, id, scope);
    return id;
}

void LibraryWorld::publish(auth::Caller const& caller, ResourceId const& id, Scope scope) {
    static_cast<void>(submit(library, caller, id, {scope}).value());
    for (int step = 0; step < 4 && row(id).state != State::published; ++step) {
        for (auto const& reviewer : {heba.research_head, heba.academic, mingxin.research_head, mingxin.academic,
                                     jinpen.research_head, jinpen.academic, researcher, info_office}) {
            if (row(id).state == State::published) break;
            static_cast<void>(approve(this->caller(reviewer), id));
        }
    }
    SANTONG_ASSERT(row(id).state == State::published);
}

std::vector<std::string> LibraryWorld::queue(auth::Caller const& caller) const {
    std::vector<std::string> titles;
    auto const page = workflow::reviews(db(), caller, {}).value();
    for (auto const& row : page.items) titles.push_back(row.title);
    return titles;
}

workflow::ItemId LibraryWorld::item(ResourceId const& id) const {
    return read([&](sql::Tx& tx) { return workflow::item_of(tx, review_kind, id.text()).value().id; });
}

core::Result<workflow::Review> LibraryWorld::approve(auth::Caller const& caller, ResourceId const& id) {
    return workflow::decide(db(), clock, caller, item(id), {workflow::DecisionKind::approve, "", full_sheet()});
}

core::Result<workflow::Review> LibraryWorld::send_back(auth::Caller const& caller, ResourceId const& id,
                                                       std::string const& reason) {
    return workflow::decide(db(), clock, caller, item(id), {workflow::DecisionKind::return_, reason, {}});
}

std::vector<std::string> LibraryWorld::found(auth::Caller const& caller, Search const& wish) const {
    std::vector<std::string> titles;
    auto const result = resources::search(library, caller, wish).value();
    for (auto const& row : result.items) titles.push_back(row.title);
    return titles;
}

Resource LibraryWorld::row(ResourceId const& id) const {
    return read([&](sql::Tx& tx) { return resources::resource(tx, id).value(); });
}

}  // namespace santong::test
