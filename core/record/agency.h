// The agencies that extract contract v1 knows, in words for people.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fairlead::record {

/// An agency as manifests name it, and as people do.
struct AgencyEntry {
    std::string_view id;     ///< "social_care"
    std::string_view title;  ///< "Children's social care"
};

/// Every agency of the contract.
std::span<const AgencyEntry> agencies();
/// The title of an agency; an id that is not known is shown as it is.
std::string agencyTitle(std::string_view id);
/// "childrens_social_care" -> "children's social care": a dataset's id as people write it.
std::string datasetTitle(std::string_view id);
/// "Police, police records"; the agency alone where its dataset has no other name.
std::string sourceTitle(std::string_view agency, std::string_view dataset);

}  // namespace fairlead::record
