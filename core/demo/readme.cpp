#include "core/demo/readme.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/demo/truth.h"

namespace fairlead::demo {

namespace json = boost::json;

std::string readmeText(const DemoSummary& summary, const std::vector<SpecialCase>& cases) {
    auto text = fmt::format(
        "A synthetic city for trying Fairlead\n"
        "====================================\n\n"
        "Nobody in it exists. Names, streets and postcodes are real ones, put together at random; what happens\n"
        "to people is drawn from rates that are partly published and partly invented (see the handbook page\n"
        "synthetic-city.md). NHS numbers are from the 999 test range, school numbers from ranges that are not\n"
        "in use, UPRNs from 900000000001 on.\n\n"
        "  seed                 {}\n"
        "  pupils on roll       {}\n"
        "  people known         {}\n"
        "  the city ends on     {} (the default as-at date)\n\n"
        "extracts/   {} sealed extracts, a baseline and three months from five agencies; demo.json lists them in\n"
        "            the order in which they are to be loaded\n"
        "keys/       unit.key opens every extract; NAME.pub verifies what the agency NAME signed\n"
        "truth/      who is who, who is whose family, and the spells that a perfect linkage must give;\n"
        "            for `fairlead-cli evaluate` only\n\n"
        "Situations worth looking for (person ids of truth/persons.csv; one occurrence a line)\n",
        summary.seed, summary.pupils, summary.persons, summary.asAt.uk(), summary.extracts.size());
    for (const auto& one : cases) {
        text += fmt::format("\n{} [{}]\n", one.title, one.id);
        if (one.groups.empty()) text += "  none in this city\n";
        for (const auto& group : one.groups) {
            text += " ";
            for (const auto person : group) text += " " + truthId(person);
            text += "\n";
        }
    }
    return text;
}

std::string summaryJson(const DemoSummary& summary) {
    json::array schools;
    for (const auto& school : summary.schools) {
        schools.push_back(json::object{{"urn", school.urn}, {"name", school.name}, {"pupils", school.pupils}});
    }
    json::array extracts;
    for (const auto& extract : summary.extracts) {
        extracts.push_back(json::object{{"file", extract.file},
                                        {"agency", extract.agency},
                                        {"dataset", extract.dataset},
                                        {"sequence", extract.sequence},
                                        {"data_as_at", extract.dataAsAt.iso()},
                                        {"rows", extract.rows}});
    }
    const json::object root = {{"as_at", summary.asAt.iso()},   {"seed", summary.seed},
                               {"pupils", summary.pupils},      {"persons", summary.persons},
                               {"schools", std::move(schools)}, {"extracts", std::move(extracts)}};
    return json::serialize(root) + "\n";
}

}  // namespace fairlead::demo
