#include "tests/core/indicator/builders.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/results.h"

namespace fairlead::indicator::test {

Date day(std::string_view iso) {
    const auto date = Date::fromIso(iso);
    REQUIRE(date.has_value());
    return *date;
}

std::string projectFile(std::string_view relative) {
    std::ifstream file(std::filesystem::path(FAIRLEAD_SOURCE_DIR) / relative, std::ios::binary);
    REQUIRE(file.is_open());
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

const std::vector<Definition>& shippedDefinitions() {
    static const std::vector<Definition> kAll = [] {
        std::vector<Definition> all;
        for (const auto& file :
             std::filesystem::directory_iterator(std::filesystem::path(FAIRLEAD_SOURCE_DIR) / "resources/indicators")) {
            if (file.path().extension() != ".toml") continue;
            const std::string name = file.path().filename().string();
            all.push_back(fairlead::test::valueOf(parseDefinition(projectFile("resources/indicators/" + name), name)));
        }
        return fairlead::test::valueOf(orderedDefinitions(std::move(all)));
    }();
    return kAll;
}

std::size_t shipped(std::string_view id) {
    const auto found = findDefinition(shippedDefinitions(), id);
    REQUIRE(found.has_value());
    return *found;
}

SliceBuilder::SliceBuilder() : definitions(shippedDefinitions()) {}

FactId SliceBuilder::add(Fact fact, std::string_view code) {
    fact.id = FactId{m_nextFact++};
    fact.code = m_facts.codes.intern(code);
    if (fact.received.value == 0) fact.received = record::LoadId{1};
    m_facts.add(fact);
    return fact.id;
}

FactId SliceBuilder::event(std::int64_t person, record::FactKind kind, Date on, std::string_view code,
                           std::int64_t incident, record::Role role) {
    Fact fact;
    fact.person = record::PersonKey{person};
    fact.kind = kind;
    fact.from = on;
    fact.until = on + 1;
    fact.incident = incident;
    fact.role = role;
    return add(fact, code);
}

FactId SliceBuilder::status(std::int64_t person, record::FactKind kind, Date from, Date until, std::string_view code) {
    Fact fact;
    fact.person = record::PersonKey{person};
    fact.kind = kind;
    fact.from = from;
    fact.until = until;
    return add(fact, code);
}

void SliceBuilder::pupil(std::int64_t person, std::string yearGroup) {
    roll.push_back({record::PersonKey{person},
                    kSchool,
                    {day("2000-09-01"), Date::never()},
                    std::move(yearGroup),
                    Enrolment::Single,
                    record::LoadId{1},
                    {}});
}

void SliceBuilder::family(std::int64_t one, std::int64_t other) {
    m_families.push_back({record::PersonKey{one}, record::PersonKey{other}});
    m_families.push_back({record::PersonKey{other}, record::PersonKey{one}});
}

void SliceBuilder::source(std::int64_t delivery, std::int64_t load, std::string agency, std::string dataset,
                          Interval period, Date asAt) {
    Source source;
    source.delivery = record::DeliveryId{delivery};
    source.load = record::LoadId{load};
    source.agency = std::move(agency);
    source.dataset = std::move(dataset);
    source.period = period;
    source.dataAsAt = asAt;
    source.gateways = {"children_act_2004_s10"};
    m_sources.push_back(std::move(source));
}

SchoolSlice SliceBuilder::build(std::int64_t knownAt) const {
    auto facts = std::make_shared<FactTable>(m_facts);
    facts->seal();
    TaskContext task;
    SchoolSlice slice;
    slice.school = kSchool;
    slice.definitions = std::make_shared<const std::vector<Definition>>(definitions);
    slice.spells = std::make_shared<const SpellBook>(
        fairlead::test::valueOf(evaluateAll(definitions, *facts, births, record::LoadId{knownAt}, task)));
    slice.facts = std::move(facts);
    slice.births = births;
    slice.roll = roll;
    slice.families = m_families;
    std::ranges::sort(slice.families);
    slice.sources = m_sources;
    return slice;
}

}  // namespace fairlead::indicator::test
