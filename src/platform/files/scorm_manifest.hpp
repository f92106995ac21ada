#pragma once
// imsmanifest.xml of SCORM 1.2 and 2004 packages: which pages a course has and in which order.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "platform/files/scorm_sequencing.hpp"

namespace santong::files {

/// Which run-time interface its pages look for: `API` of 1.2, or `API_1484_11` of 2004 (all editions).
enum class ScormEdition : int { scorm_12, scorm_2004 };
BOOST_DESCRIBE_ENUM(ScormEdition, scorm_12, scorm_2004)

/// One page of a course that is started by itself (SCO, 课件单元).
struct Sco {
    std::string identifier;     ///< of its item in the manifest
    std::string title;          ///< may be empty
    std::string href;           ///< relative to the package's top, with query
    std::string launch_data;    ///< handed to it as it stands
    std::string mastery_score;  ///< 1.2: the raw score that passes; empty = it decides itself
    bool reports = true;        ///< false for an asset, a page that knows nothing of a run-time: seen is done
};
BOOST_DESCRIBE_STRUCT(Sco, (), (identifier, title, href, launch_data, mastery_score, reports))

struct ScormCourse {
    ScormEdition edition = ScormEdition::scorm_12;
    std::string title;
    std::vector<Sco> scos;                    ///< in the order of the default organization
    std::vector<ScormActivity> activities{};  ///< of 2004, where the manifest says what may follow on what; else none
};
BOOST_DESCRIBE_STRUCT(ScormCourse, (), (edition, title, scos, activities))

/// Most items that a course may have.
constexpr std::size_t most_scos = 300;

/// Refuses what is no manifest ("files.scorm_manifest_broken"), one that names no page to start
/// ("files.package_no_start") and one with too many ("files.scorm_too_many").
core::Result<ScormCourse> read_scorm_manifest(std::string_view manifest);

/// Looks into an uploaded package before it is taken: its manifest, and that every page it starts is in it
/// ("files.scorm_page_missing" {name}). Reads the disk.
core::Result<ScormCourse> check_scorm(std::filesystem::path const& zip);

}  // namespace santong::files
