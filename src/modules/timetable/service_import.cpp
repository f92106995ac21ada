#include "modules/timetable/service_import.hpp"

#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/utf8.hpp"

namespace santong::timetable {

namespace {

/// What the school's words mean, and the file that the caller brought.
struct Preparation {
    SheetWords words;
    std::map<core::OrgId, std::string> class_names;
    std::map<core::PersonId, std::string> teacher_names;
    std::vector<Entry> in_force;  ///< of the term's timetable on the day, of classes that still are
    roster::Term term;
    files::FileObject file;
};

core::Result<void> may_edit(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school) {
    TRY_VOID(roster::school(tx, school));
    if (caller.may(tx, permissions::edit, school)) return {};
    if (caller.may(tx, permissions::view, school)) return core::forbidden();
    return core::not_found();
}

/// The lessons that the school's classes have on the day from which the new timetable is to be.
void read_in_force(sql::Tx& tx, ImportRequest const& request, Preparation& ready) {
    auto const current = store::timetable_on(tx, request.school_id, request.from);
    if (!current || current->term_id != ready.term.id) return;
    std::vector<core::PersonId> teachers;
    for (auto& entry : store::entries(tx, current->id)) {
        if (!ready.class_names.contains(entry.class_id)) continue;
        if (entry.teacher_id) teachers.push_back(*entry.teacher_id);
        ready.in_force.push_back(std::move(entry));
    }
    ready.teacher_names.merge(roster::names(tx, teachers));
}

core::Result<Preparation> prepare(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                  files::Files const& files, ImportRequest const& request) {
    TRY_VOID(may_edit(tx, caller, request.school_id));
    if (request.from < roster::today(tx, clock)) return core::invalid_at("/from", "timetable.in_the_past");
    Preparation ready;
    ready.term = TRY(roster::term_at(tx, request.from));
    if (!ready.term.contains(request.from)) return core::invalid_at("/from", "timetable.outside_term");
    ready.file = TRY(files.own(tx, caller, request.file_id));
    for (auto const& period : store::bell(tx, request.school_id, request.from))
        ready.words.periods.insert(period.number);
    if (ready.words.periods.empty()) return core::conflict("timetable.import_no_bell");
    for (auto const& subject : roster::subjects()) {
        ready.words.subjects.emplace(text::without_blanks(subject.title), subject.code);
        ready.words.subjects.emplace(text::without_blanks(subject.title_en), subject.code);
        ready.words.subjects.emplace(subject.code, subject.code);
    }
    ready.words.subjects.erase("");
    for (auto const& group : roster::classes(tx, request.school_id, request.from)) {
        ready.words.classes[text::without_blanks(group.name)] = group.id;
        ready.class_names[group.id] = group.name;
    }
    for (auto const& one : roster::teachers(tx, request.school_id, request.from)) {
        ready.words.teachers.emplace(text::without_blanks(one.name), SheetWords::Teacher{one.person_id, one.subject});
        if (!one.staff_number.empty())
            ready.words.teachers.emplace(one.staff_number, SheetWords::Teacher{one.person_id, one.subject});
        ready.teacher_names[one.person_id] = one.name;
    }
    read_in_force(tx, request, ready);
    return ready;
}

/// What was found in the file. Adds to its lessons those of the classes that it does not name, if they are kept.
ImportAnswer answer_of(SheetReading& reading, Preparation const& ready, bool keep_others) {
    ImportAnswer answer;
    answer.entries = static_cast<std::int32_t>(reading.entries.size());
    std::set<core::OrgId> classes;
    for (auto const& entry : reading.entries) classes.insert(entry.class_id);
    answer.classes = static_cast<std::int32_t>(classes.size());
    std::set<core::OrgId> left_out;
    for (auto const& entry : ready.in_force) {
        if (classes.contains(entry.class_id)) continue;
        if (left_out.insert(entry.class_id).second) answer.left_out.push_back(ready.class_names.at(entry.class_id));
        if (!keep_others) continue;
        reading.entries.push_back(entry);
        ++answer.kept;
    }
    answer.refused = reading.refused;
    for (auto const& clash : clashes(reading.entries)) {
        if (answer.clashes.size() >= most_refused) break;
        bool const teacher = clash.key == "timetable.teacher_twice" && clash.first.teacher_id.has_value();
        answer.clashes.push_back({clash.key, clash.first.weekday, clash.first.period,
                                  ready.class_names.at(clash.first.class_id),
                                  ready.class_names.at(clash.second.class_id),
                                  teacher ? ready.teacher_names.at(*clash.first.teacher_id) : ""});
    }
    return answer;
}

TimetableId write_draft(sql::Tx& tx, auth::Caller const& caller, ImportRequest const& request, roster::Term const& term,
                        std::vector<Entry> entries) {
    std::int32_t version = 0;
    for (auto const& earlier : store::timetables(tx, request.school_id, term.id)) {
        version = std::max(version, earlier.version);
        if (earlier.state == TimetableState::draft) store::delete_draft(tx, earlier.id);
    }
    Timetable draft;
    draft.id = TimetableId::make();
    draft.school_id = request.school_id;
    draft.term_id = term.id;
    draft.version = version + 1;
    draft.from_date = request.from;
    draft.made_by = caller.person;
    store::insert_timetable(tx, draft);
    for (auto& entry : entries) {
        entry.id = EntryId::make();
        entry.timetable_id = draft.id;
    }
    store::insert_entries(tx, entries);
    auth::audit(tx, caller, {"timetable.import", request.school_id.text()});
    return draft.id;
}

}  // namespace

core::Result<ImportAnswer> import_timetable(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            files::Files const& files, ImportRequest const& request) {
    auto const ready =
        TRY(db.read(caller.district, [&](sql::Tx& tx) { return prepare(tx, caller, clock, files, request); }));
    auto const table = TRY(text::open_table(files.open(ready.file)));
    auto reading = TRY(read_sheets(*table, ready.words));
    auto answer = answer_of(reading, ready, request.keep_others.value_or(false));
    bool const clean = answer.entries > 0 && answer.refused.empty() && answer.clashes.empty();
    if (!request.write.value_or(false) || !clean) return answer;
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ImportAnswer> {
        TRY_VOID(may_edit(tx, caller, request.school_id));
        answer.timetable_id = write_draft(tx, caller, request, ready.term, reading.entries);
        return answer;
    });
}

}  // namespace santong::timetable
