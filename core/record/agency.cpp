#include "core/record/agency.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace fairlead::record {

namespace {

constexpr std::array kAgencies{AgencyEntry{"police", "Police"}, AgencyEntry{"social_care", "Children's social care"},
                               AgencyEntry{"early_help", "Early help"}, AgencyEntry{"education", "Education"},
                               AgencyEntry{"health", "Health"}};

}  // namespace

std::span<const AgencyEntry> agencies() { return kAgencies; }

std::string agencyTitle(std::string_view id) {
    const auto* found = std::ranges::find(kAgencies, id, &AgencyEntry::id);
    return std::string(found == kAgencies.end() ? id : found->title);
}

std::string datasetTitle(std::string_view id) {
    if (id == "ssda903") return "SSDA903 return";
    std::string title(id);
    std::ranges::replace(title, '_', ' ');
    constexpr std::string_view kPlain = "childrens ";
    if (title.starts_with(kPlain)) title.replace(0, kPlain.size(), "children's ");
    return title;
}

std::string sourceTitle(std::string_view agency, std::string_view dataset) {
    auto title = agencyTitle(agency);
    const auto what = datasetTitle(dataset);
    return lowerAscii(title) == what ? title : title + ", " + what;
}

}  // namespace fairlead::record
