#pragma once
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "platform/sql/installation.hpp"
#include "platform/text/zip.hpp"
#include "standards/oneroster/service.hpp"
#include "world.hpp"

namespace santong::test {

/// Files of a bundle as texts; small and right until a test changes it.
class BundleFiles {
public:
    BundleFiles() {
        files["orgs"] =
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.postcode\r\n"
            "state,,,湖南省,state,,,\r\n"
            "d1,,,大通湖区,district,430971,state,413207\r\n"
            "t1,,,河坝镇,local,430971100,d1,\r\n"
            "s1,,,河坝镇中心小学,school,2143009999,t1,413208\r\n"
            "s2,,,金盆镇中学,school,,d1,\r\n";
        files["academicSessions"] =
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\r\n"
            "y,,,2014-2015,schoolYear,2014-09-01,2015-07-10,,2015\r\n"
            "a1,,,第一学期,semester,2014-09-01,2015-01-30,y,2015\r\n"
            "a2,,,第二学期,semester,2015-03-02,2015-07-10,y,2015\r\n";
        files["courses"] =
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,"
            "subjectCodes\r\n"
            "c1,,,y,五年级,X,05,s1,语文,13\r\nc2,,,y,八年级,,08,s2,,\r\n";
        files["classes"] =
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
            "schoolSourcedId,"
            "termSourcedIds,subjects,subjectCodes,periods\r\n"
            "k1,,,五(1)班,05,c1,501,homeroom,201室,s1,\"a1,a2\",,,\r\n"
            "k2,,,八年级2班,08,c2,802,homeroom,,s2,a1,,,\r\n"
            "k3,,,五(1)班语文,05,c1,501-13,scheduled,,s1,a1,语文,13,\"1,2\"\r\n";
        files["users"] =
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
            "email,"
            "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
            "preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.bloodType\r\n"
            "u1,,,true,wangfang,\"{Fed:abc},{LDAP:w1}\",芳,王,,T001,wf@example.cn,13800138000,,,,,,,,,s1,,\r\n"
            "u2,,,true,lilei,,雷,李,,T002,,,,,,secret,,,,,,,\r\n"
            "p1,,,true,xm,{学籍号:G43098120040312001X},明,欧阳,,,,,,g1,05,,,,,,s1,,AB\r\n"
            "p2,,,true,xh,,小红,张,,,,,,,08,,,,,,,,O\r\n"
            "g1,,,true,parent1,,建国,欧阳,,,,13900139000,0731-5551234,p1,,,,,,,,,\r\n"
            "x1,,,false,smith,,John,Smith,Q.,,,,,,,,,,,,,he/him,\r\n";
        files["roles"] =
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
            "userProfileSourcedId\r\n"
            "r1,,,u1,primary,teacher,2010-09-01,,s1,\r\nr1b,,,u1,secondary,principal,,,s1,\r\n"
            "r2,,,u2,primary,teacher,,,s2,\r\nr3,,,p1,primary,student,,,s1,\r\nr4,,,p2,primary,student,,,s2,\r\n"
            "r5,,,g1,primary,parent,,,s1,\r\nr6,,,x1,primary,counselor,,,s2,\r\n";
        files["enrollments"] =
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
            "endDate\r\n"
            "e1,,,k1,s1,p1,student,false,2014-09-01,\r\ne2,,,k2,s2,p2,student,,,\r\n"
            "e3,,,k1,s1,u1,teacher,true,,\r\ne4,,,k3,s1,u1,teacher,true,,\r\ne5,,,k3,s1,p1,student,false,,\r\n";
        files["demographics"] =
            "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
            "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
            "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\r\n"
            "p1,,,2004-03-12,male,,true,,,,,,CN,HN,益阳,\r\np2,,,2001-10-01,female,false,true,,,,,,,,,\r\n";
        files["userProfiles"] =
            "sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,"
            "credentialType,"
            "username,password\r\nf1,,,u1,edu,vendor,app,,oauth,wf,pw\r\n";
        files["resources"] =
            "sourcedId,status,dateLastModified,vendorResourceId,title,roles,importance,vendorId,applicationId\r\n"
            "res1,,,v-1,练习册,\"student,teacher\",primary,v,\r\n";
    }

    std::map<std::string, std::string> files;  ///< without .csv
    std::map<std::string, std::string> modes;  ///< "bulk" unless said otherwise
    std::string system = "sis-1";
    bool with_manifest = true;

    /// Replaces text in a file; it must be there.
    BundleFiles& replace(std::string const& file, std::string const& from, std::string const& to) {
        auto& text = files.at(file);
        auto const at = text.find(from);
        if (at == std::string::npos) std::abort();
        text.replace(at, from.size(), to);
        return *this;
    }
    BundleFiles& append(std::string const& file, std::string const& line) {
        files.at(file) += line + "\r\n";
        return *this;
    }

    void write(std::filesystem::path const& zip) const {
        text::ZipWriter writer(zip);
        std::string manifest = "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n";
        for (auto const kind : oneroster::files_in_order()) {
            std::string const name(core::enum_text(kind));
            auto const mode = modes.contains(name) ? modes.at(name) : files.contains(name) ? "bulk" : "absent";
            manifest += "file." + name + "," + mode + "\r\n";
        }
        manifest += "source.systemName,SIS\r\nsource.systemCode," + system + "\r\n";
        if (with_manifest) writer.add("manifest.csv", manifest);
        for (auto const& [name, text] : files) writer.add(name + ".csv", text);
        writer.finish();
    }
};

/// An empty folder's database and bundles that go into it.
struct OneRosterWorld {
    OneRosterWorld() : clock(core::Instant{1'416'448'800'000}) { std::filesystem::create_directories(folder); }
    ~OneRosterWorld() { std::filesystem::remove_all(folder); }

    std::filesystem::path zip(std::string const& name = "in.zip") const { return folder / name; }
    core::Result<oneroster::ImportOutcome> import(BundleFiles const& files, oneroster::ImportOptions options = {}) {
        options.zip = zip();
        files.write(options.zip);
        return oneroster::import_bundle(*database, clock, options);
    }
    core::Result<oneroster::ImportOutcome> import_zip(std::filesystem::path const& path) {
        oneroster::ImportOptions options;
        options.zip = path;
        return oneroster::import_bundle(*database, clock, options);
    }
    oneroster::Bundle exported() {
        return database->read(district, [&](sql::Tx& tx) { return oneroster::export_bundle(tx, clock); });
    }
    template <class F>
    auto read(F&& work) {
        return database->read(district, std::forward<F>(work));
    }

    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("oneroster-" + core::Uuid::make().text());
    World prepared;  ///< sets keys, permissions and scopes of the process
    TestDatabase database;
    core::FixedClock clock;
};

/// Rows of a table by sourcedId, without empty cells.
inline std::map<std::string, oneroster::Columns> rows_of(oneroster::Bundle const& bundle, oneroster::FileKind kind) {
    std::map<std::string, oneroster::Columns> rows;
    auto const* table = bundle.table(kind);
    if (!table) return rows;
    for (auto const& row : table->rows) {
        rows[oneroster::Table::cell(row, table->column("sourcedId"))] = oneroster::columns_of(*table, row);
    }
    return rows;
}

}  // namespace santong::test
