#pragma once
// `santong doctor`: looks at a data folder and says what is wrong and what to do. Changes nothing but the marks of
// files whose content is damaged (`deep`).
#include <string>
#include <vector>

#include "platform/config/config.hpp"

namespace santong::server::doctor {

enum class Health : int { ok, warning, fault };
BOOST_DESCRIBE_ENUM(Health, ok, warning, fault)

/// One line.
struct Finding {
    std::string check;  ///< "folder.rights", "database.integrity", …
    Health health = Health::ok;
    std::string text;
    std::string advice;  ///< what to do; empty if all is well
};
BOOST_DESCRIBE_STRUCT(Finding, (), (check, health, text, advice))

using Findings = std::vector<Finding>;

/// Runs all checks; one that cannot run is a fault of its own. `deep` reads every stored file.
Findings examine(config::Config const& settings, bool deep);
Health worst(Findings const& findings);
void print(Findings const& findings);

}  // namespace santong::server::doctor
