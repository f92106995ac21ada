#include "platform/auth/domain.hpp"

#include <algorithm>
#include <array>

namespace santong::auth {

std::string normalized_login(std::string_view login) {
    auto const first = login.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    std::string out(login.substr(first, login.find_last_not_of(" \t") - first + 1));
    for (char& letter : out) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return out;
}

std::string device_name(std::string_view agent) {
    struct Mark {
        std::string_view in_agent, name;
    };
    // In this order: Edge and the WeChat browser also call themselves Chrome, and Chrome calls itself Safari.
    static constexpr std::array<Mark, 6> browsers = {{{"MicroMessenger", "微信"},
                                                      {"Edg", "Edge"},
                                                      {"Firefox", "Firefox"},
                                                      {"Chrome", "Chrome"},
                                                      {"Safari", "Safari"},
                                                      {"curl", "curl"}}};
    static constexpr std::array<Mark, 6> systems = {{{"Windows", "Windows"},
                                                     {"Android", "Android"},
                                                     {"iPhone", "iPhone"},
                                                     {"iPad", "iPad"},
                                                     {"Mac OS", "macOS"},
                                                     {"Linux", "Linux"}}};
    auto const first = [&](auto const& marks) {
        for (auto const& mark : marks) {
            if (agent.find(mark.in_agent) != std::string_view::npos) return std::string(mark.name);
        }
        return std::string();
    };
    auto const browser = first(browsers), system = first(systems);
    return browser + (browser.empty() || system.empty() ? "" : " · ") + system;
}

bool is_separated(Role role) {
    return role == Role::sysadmin || role == Role::secadmin || role == Role::auditor;
}

bool is_of_school(Role role) {
    switch (role) {
        case Role::principal:
        case Role::academic:
        case Role::registry_clerk:
        case Role::research_head:
        case Role::homeroom:
        case Role::teacher:
        case Role::technician: return true;
        case Role::leader:
        case Role::info_office:
        case Role::researcher:
        case Role::supervisor:
        case Role::finance:
        case Role::pupil:
        case Role::guardian:
        case Role::sysadmin:
        case Role::secadmin:
        case Role::auditor: return false;
    }
    return true;
}

bool is_administrator(Role role) {
    return is_separated(role) || role == Role::info_office;
}

bool is_privileged(Role role) {
    switch (role) {
        case Role::leader:
        case Role::info_office:
        case Role::researcher:
        case Role::supervisor:
        case Role::finance:
        case Role::principal:
        case Role::academic:
        case Role::registry_clerk:
        case Role::sysadmin:
        case Role::secadmin:
        case Role::auditor: return true;
        case Role::research_head:
        case Role::homeroom:
        case Role::teacher:
        case Role::technician:
        case Role::pupil:
        case Role::guardian: return false;
    }
    return true;
}

bool may_give(Role giver, Role role) {
    switch (role) {
        case Role::leader:
        case Role::info_office:
        case Role::researcher:
        case Role::supervisor:
        case Role::finance:
        case Role::sysadmin:
        case Role::secadmin:
        case Role::auditor: return giver == Role::secadmin;
        case Role::principal: return giver == Role::info_office;
        case Role::academic:
        case Role::registry_clerk: return giver == Role::principal;
        case Role::research_head:
        case Role::homeroom:
        case Role::teacher:
        case Role::technician: return giver == Role::principal || giver == Role::academic;
        case Role::pupil:
        case Role::guardian: return false;  // come from enrolments and guardianships in the roster only
    }
    return false;
}

std::optional<Role> home_role(std::vector<Grant> const& grants) {
    static constexpr std::array order = {Role::leader,     Role::info_office,   Role::supervisor, Role::finance,
                                         Role::researcher, Role::principal,     Role::academic,   Role::technician,
                                         Role::homeroom,   Role::research_head, Role::teacher,    Role::registry_clerk,
                                         Role::pupil,      Role::guardian,      Role::sysadmin,   Role::secadmin,
                                         Role::auditor};
    for (Role role : order) {
        if (std::ranges::any_of(grants, [&](Grant const& grant) { return grant.role == role; })) return role;
    }
    return std::nullopt;
}

}  // namespace santong::auth
