// What users are called: rows name them by id.

#pragma once

#include <map>
#include <string>

#include "core/base/result.h"
#include "core/workspace/users.h"

namespace fairlead::release {

/// Names of users by id, those who left too.
class UserNames {
public:
    /// Errors: those of workspace::users().
    static Result<UserNames> read(const workspace::Workspace& workspace) {
        UserNames names;
        FAIRLEAD_TRY(const auto face, workspace::users(workspace.folder()));
        for (const access::Principal& user : face.principals) names.m_names[user.id] = user.name;
        return names;
    }
    /// The id itself where nobody has it.
    [[nodiscard]] std::string of(const std::string& id) const {
        const auto found = m_names.find(id);
        return found == m_names.end() ? id : found->second;
    }

private:
    std::map<std::string, std::string> m_names;
};

}  // namespace fairlead::release
