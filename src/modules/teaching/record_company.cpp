#include "modules/teaching/record_company.hpp"

#include <algorithm>
#include <set>

#include "modules/teaching/store_class.hpp"

namespace santong::teaching {

namespace {

using Companies = std::map<SessionId, RecordCompany>;

void add_classes(sql::Tx& tx, std::vector<ClassSession> const& sessions, std::vector<SessionId> const& ids,
                 Companies& found) {
    std::map<SessionId, SessionId> main_of;
    std::vector<SessionId> mains = ids;
    for (auto const& one : store::joined_to(tx, ids)) {
        main_of[one.session_id] = one.main_id;
        mains.push_back(one.main_id);
    }
    std::map<SessionId, std::set<core::OrgId>> rooms;  // by their first session
    for (auto const& one : store::joined(tx, mains)) {
        auto& room = rooms[one.main_id];
        if (auto const first = room.empty() ? store::session(tx, one.main_id) : std::nullopt) {
            room.insert(first->class_id);
        }
        room.insert(one.class_id);
    }
    for (auto const& session : sessions) {
        auto const main = main_of.find(session.id);
        auto const room = rooms.find(main == main_of.end() ? session.id : main->second);
        if (room == rooms.end()) continue;
        auto others = room->second;
        others.erase(session.class_id);
        for (auto const& group : roster::class_groups(tx, {others.begin(), others.end()}, session.date)) {
            found[session.id].classes.push_back(group.name);
        }
    }
}

void add_teachers(sql::Tx& tx, std::vector<SessionId> const& ids, Companies& found) {
    auto const assistants = store::all_assistants(tx, ids);
    auto const assisted = store::assisted(tx, ids);
    std::vector<core::PersonId> people;
    for (auto const& one : assistants) people.push_back(one.person_id);
    for (auto const& one : assisted) people.push_back(one.teacher_id);
    auto names = roster::names(tx, people);
    for (auto const& one : assistants) found[one.session_id].assistants.push_back(names[one.person_id]);
    for (auto const& one : assisted) found[one.session_id].assisted = names[one.teacher_id];
}

}  // namespace

Companies company_of(sql::Tx& tx, std::vector<ClassSession> const& sessions) {
    Companies found;
    std::vector<SessionId> ids;
    std::vector<LessonId> lessons;
    for (auto const& one : sessions) {
        ids.push_back(one.id);
        lessons.push_back(one.lesson_id);
    }
    add_classes(tx, sessions, ids, found);
    add_teachers(tx, ids, found);
    for (auto const& one : store::unplanned(tx, lessons)) {
        for (auto const& session : sessions) {
            if (session.lesson_id == one.lesson_id) found[session.id].reason = one.reason;
        }
    }
    return found;
}

}  // namespace santong::teaching
