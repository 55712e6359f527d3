// Short ways to make facts, definitions and slices in tests of this folder.

#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/indicator/definition.h"
#include "core/indicator/evaluate.h"
#include "core/indicator/fact.h"
#include "core/indicator/slice.h"

namespace fairlead::indicator::test {

/// The civil day of an ISO date that is right.
Date day(std::string_view iso);

/// Every definition that ships, in order.
const std::vector<Definition>& shippedDefinitions();

/// The position of a shipped definition.
std::size_t shipped(std::string_view id);

/// The text of a file of the project.
std::string projectFile(std::string_view relative);

/// Fills a slice of one school fact by fact.
class SliceBuilder {
public:
    SliceBuilder();
    /// Adds a fact and returns its id; kind, person and from are enough for most tests.
    FactId add(Fact fact, std::string_view code = {});
    /// An event of one day.
    FactId event(std::int64_t person, record::FactKind kind, Date on, std::string_view code = {},
                 std::int64_t incident = 0, record::Role role = record::Role::Subject);
    /// A status; open unless `until` is given.
    FactId status(std::int64_t person, record::FactKind kind, Date from, Date until = Date::never(),
                  std::string_view code = {});
    /// A pupil on the school's roll for good.
    void pupil(std::int64_t person, std::string yearGroup = "9");
    /// A family tie in both directions.
    void family(std::int64_t one, std::int64_t other);
    /// A delivery; its number is also that of its source.
    void source(std::int64_t delivery, std::int64_t load, std::string agency, std::string dataset, Interval period,
                Date asAt);

    std::vector<RollSpell> roll;
    std::vector<PersonBirth> births;
    std::vector<Definition> definitions;

    /// Evaluates what was added as known at `knownAt`.
    [[nodiscard]] SchoolSlice build(std::int64_t knownAt = 1) const;

    static constexpr record::SchoolUrn kSchool{100001};

private:
    FactTable m_facts;
    std::vector<FamilyTie> m_families;
    std::vector<Source> m_sources;
    std::int64_t m_nextFact = 1;
};

}  // namespace fairlead::indicator::test
