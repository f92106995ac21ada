#pragma once
// What screens ask and hear about the org tree.
#include <optional>
#include <string>
#include <vector>

#include "modules/roster/post.hpp"

namespace santong::roster {

/// What of the tree is wanted; the caller's own scope if `root` is empty.
struct TreeQuery {
    std::string root;
    int depth = 2;  ///< levels below the roots, at most 6
};
BOOST_DESCRIBE_STRUCT(TreeQuery, (), (root, depth))

/// A node of the tree as a screen shows it.
struct OrgNode {
    OrgId id;
    OrgKind kind = OrgKind::school;
    std::string name;
    std::string short_name;
    std::int32_t children = 0;  ///< open nodes directly below, shown or not
    std::vector<OrgNode> nodes;
};
BOOST_DESCRIBE_STRUCT(OrgNode, (), (id, kind, name, short_name, children, nodes))

struct OrgTree {
    std::vector<OrgNode> roots;
};
BOOST_DESCRIBE_STRUCT(OrgTree, (), (roots))

/// Search of nodes by name or by the first letters of its pinyin; classes are left out.
struct OrgSearchQuery {
    std::string q;
    std::string under;  ///< only below this node
    int limit = 20;
};
BOOST_DESCRIBE_STRUCT(OrgSearchQuery, (), (q, under, limit))

struct OrgMatch {
    OrgId id;
    OrgKind kind = OrgKind::school;
    std::string name;
    std::string place;  ///< names of the nodes above, from the top
};
BOOST_DESCRIBE_STRUCT(OrgMatch, (), (id, kind, name, place))

/// One step of the way down to a node.
struct OrgStep {
    OrgId id;
    OrgKind kind = OrgKind::school;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(OrgStep, (), (id, kind, name))

/// What a node holds today, the nodes below included.
struct OrgFigures {
    std::int32_t schools = 0;
    std::int32_t classes = 0;
    std::int32_t pupils = 0;
    std::int32_t staff = 0;
};
BOOST_DESCRIBE_STRUCT(OrgFigures, (), (schools, classes, pupils, staff))

/// A post with the names it refers to.
struct PostView {
    PostId id;
    PersonId person_id;
    std::string person_name;
    OrgId org_id;
    std::string org_name;
    auth::Role kind = auth::Role::teacher;
    std::string subject;
    std::string title;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(PostView, (),
                      (id, person_id, person_name, org_id, org_name, kind, subject, title, from_date, to_date))

/// Where a node stood and what it was called, newest first.
struct OrgPast {
    std::string name;
    std::string parent_name;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(OrgPast, (), (name, parent_name, from_date, to_date))

/// What only schools have.
struct SchoolFacts {
    SchoolKind kind = SchoolKind::village_primary;
    std::int32_t first_grade = 1;
    std::int32_t last_grade = 6;
    std::string school_code;
    bool central = false;
    bool rural = true;
    std::string login_prefix;
};
BOOST_DESCRIBE_STRUCT(SchoolFacts, (), (kind, first_grade, last_grade, school_code, central, rural, login_prefix))

struct OrgDetail {
    OrgId id;
    OrgKind kind = OrgKind::school;
    std::string name;
    std::string short_name;
    std::string code;
    std::int32_t sort = 0;
    std::optional<core::LocalDate> to_date;
    std::int64_t version = 0;   ///< goes back with a change
    std::vector<OrgStep> path;  ///< from the top, itself last
    OrgFigures figures;
    std::optional<SchoolFacts> school;
    std::vector<OrgNode> children;
    std::vector<PostView> posts;  ///< who holds a post here; empty where the caller may not see people
    std::vector<OrgPast> history;
    std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(OrgDetail, (),
                      (id, kind, name, short_name, code, sort, to_date, version, path, figures, school, children, posts,
                       history, may))

/// A school in a list.
struct SchoolItem {
    OrgId id;
    std::string name;
    std::string short_name;
    SchoolKind kind = SchoolKind::village_primary;
    OrgId township_id;
    std::string township_name;
    bool central = false;
    bool rural = true;
    std::int32_t first_grade = 1;
    std::int32_t last_grade = 6;
    std::int32_t classes = 0;
    std::int32_t pupils = 0;
    std::int32_t teachers = 0;
};
BOOST_DESCRIBE_STRUCT(SchoolItem, (),
                      (id, name, short_name, kind, township_id, township_name, central, rural, first_grade, last_grade,
                       classes, pupils, teachers))

/// A class of a school in a list.
struct ClassItem {
    OrgId id;
    std::string name;
    std::int32_t grade = 1;
    std::int32_t number = 1;
    std::int32_t pupils = 0;
    std::string room;
    bool multigrade = false;
    std::string homeroom;  ///< name of the homeroom teacher; empty if there is none
};
BOOST_DESCRIBE_STRUCT(ClassItem, (), (id, name, grade, number, pupils, room, multigrade, homeroom))

struct SchoolDetail {
    OrgDetail org;
    std::vector<ClassItem> classes;
    std::int32_t rooms = 0;
    std::int32_t equipped_rooms = 0;
};
BOOST_DESCRIBE_STRUCT(SchoolDetail, (), (org, classes, rooms, equipped_rooms))

/// What a school or teaching point is opened with.
struct NewSchool {
    SchoolKind kind = SchoolKind::village_primary;
    std::int32_t first_grade = 1;
    std::int32_t last_grade = 6;
    std::optional<std::string> school_code;
    bool central = false;
    bool rural = true;
};
BOOST_DESCRIBE_STRUCT(NewSchool, (), (kind, first_grade, last_grade, school_code, central, rural))

struct NewClass {
    std::int32_t grade = 1;  ///< today
    std::int32_t number = 1;
    std::optional<std::string> name;  ///< its own name, if it has one
    std::optional<std::string> room;
    std::optional<bool> multigrade;
};
BOOST_DESCRIBE_STRUCT(NewClass, (), (grade, number, name, room, multigrade))

struct NewOrg {
    OrgId parent_id;
    OrgKind kind = OrgKind::department;
    std::optional<std::string> name;  ///< of a class it may be empty
    std::optional<std::string> short_name;
    std::optional<std::string> code;
    std::optional<std::int32_t> sort;
    std::optional<core::LocalDate> from_date;  ///< today if absent
    std::optional<NewSchool> school;           ///< needed by schools and teaching points
    std::optional<NewClass> class_group;       ///< needed by classes
};
BOOST_DESCRIBE_STRUCT(NewOrg, (), (parent_id, kind, name, short_name, code, sort, from_date, school, class_group))

/// What changes; what is absent stays.
struct OrgChange {
    std::optional<std::string> name;
    std::optional<std::string> short_name;
    std::optional<std::string> code;
    std::optional<std::int32_t> sort;
    std::optional<OrgId> parent_id;          ///< moves it from today on; its pupils, posts and grants go with it
    std::optional<core::LocalDate> to_date;  ///< its last day
    std::optional<NewSchool> school;
    std::optional<NewClass> class_group;
};
BOOST_DESCRIBE_STRUCT(OrgChange, (), (name, short_name, code, sort, parent_id, to_date, school, class_group))

/// A change of a place as `version` showed it.
struct OrgEdit : OrgChange {
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(OrgEdit, (OrgChange), (version))

}  // namespace santong::roster
