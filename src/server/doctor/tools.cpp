#include "platform/files/preview_maker.hpp"
#include "server/doctor/checks.hpp"

namespace santong::server::doctor {

void look_at_tools(Findings& findings) {
    for (auto const& tool : files::preview_tools()) {
        auto const check = "previews." + tool.program;
        if (tool.path) {
            ok(findings, check, tool.path->string());
        } else {
            warn(findings, check, "not installed: no " + tool.what,
                 "apt-get install --no-install-recommends " + tool.package);
        }
    }
}

}  // namespace santong::server::doctor
