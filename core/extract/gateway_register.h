// The legal gateways that the program knows: resources/gateways/*.toml, one file a gateway.
// The texts are working notes for an information-governance lead, not legal advice.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"

namespace fairlead::extract {

/// What a provision does for a disclosure. Express: it says that somebody may or must disclose. Implied: a function
/// from which a power to share is inferred. Context: an aim or duty that is no gateway by itself. Bar: it prohibits.
enum class GatewayKind : std::uint8_t { Express, Implied, Context, Bar };

/// "express", "implied", "context", "bar".
std::string_view name(GatewayKind kind);

/// What narrows a gateway, as far as a program can tell. Empty = not narrowed. Agencies are named as manifests do;
/// recipients are "police", "local_authority", "school" and so on; data "personal", "patient".
struct GatewayScope {
    std::vector<std::string> onlyDisclosers;
    std::vector<std::string> notDisclosers;
    std::vector<std::string> onlyRecipients;
    std::vector<std::string> notRecipients;
    std::vector<std::string> onlyPurposes;
    std::vector<std::string> notData;
    std::optional<int> subjectsFromAge;  ///< People of this age or over only, in completed years.
    std::optional<int> subjectsToAge;    ///< People up to this age only.
    std::string subjects;                ///< "mappa": offenders under those arrangements only.
};

/// One gateway.
struct Gateway {
    std::string id;        ///< As manifests name it: "children_act_2004_s10"; also the name of its file.
    std::string citation;  ///< "Children Act 2004, section 10".
    std::string title;
    GatewayKind kind = GatewayKind::Implied;
    Interval inForce;           ///< Half-open; open-ended while there is no end.
    std::string inForceSource;  ///< What the days rest on, or "unverified: ..." where nobody has looked.
    std::string extent;         ///< "England", "England and Wales".
    std::string limits;         ///< What it does not carry.
    GatewayScope scope;
    Date reviewed;                  ///< Last looked at by a person.
    Date reviewBy = Date::never();  ///< To be looked at again by this day.
    std::string reviewedBy;
};

/// All gateways, by id.
class GatewayRegister {
public:
    /// Reads every *.toml of a folder. Errors: those of namesIn() and readFile(); ParseError, UnknownKey, Encoding with
    /// file and key.
    static Result<GatewayRegister> load(const std::filesystem::path& folder);

    [[nodiscard]] const std::vector<Gateway>& all() const { return m_gateways; }
    /// The gateway of that id, or null.
    [[nodiscard]] const Gateway* find(std::string_view id) const;
    /// Ids of the gateways that can carry a disclosure on that day: in force, and express or implied.
    [[nodiscard]] std::vector<std::string> inForceOn(Date day) const;

private:
    std::vector<Gateway> m_gateways;
};

/// Reads one gateway; `id` is what the document must call itself.
/// Errors: ParseError, UnknownKey, Encoding, with the key.
Result<Gateway> parseGateway(std::string_view text, std::string_view id);

}  // namespace fairlead::extract
