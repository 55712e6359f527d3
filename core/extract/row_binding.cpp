#include "core/extract/row_binding.h"

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/check.h"

namespace fairlead::extract {

namespace {

using record::ExtractRows;

/// The member of a row that a column of the contract is read from and written to.
template <typename Row>
using Member =
    std::variant<std::string Row::*, std::optional<Date> Row::*, std::int64_t Row::*,
                 std::optional<std::int64_t> Row::*, bool Row::*, record::FactKind Row::*, record::Role Row::*>;

// In the order of the columns in contract.cpp; a test compares the two.
template <typename Row>
std::span<const Member<Row>> membersOf();

template <>
std::span<const Member<record::PersonRow>> membersOf() {
    using R = record::PersonRow;
    static constexpr std::array<Member<R>, 6> kMembers{&R::personRef, &R::forenames, &R::surname,
                                                       &R::birthDate, &R::sex,       &R::nameKind};
    return kMembers;
}

template <>
std::span<const Member<record::AddressRow>> membersOf() {
    using R = record::AddressRow;
    static constexpr std::array<Member<R>, 10> kMembers{&R::personRef, &R::uprn,     &R::saon, &R::paon, &R::street,
                                                        &R::town,      &R::postcode, &R::kind, &R::from, &R::until};
    return kMembers;
}

template <>
std::span<const Member<record::IdentifierRow>> membersOf() {
    using R = record::IdentifierRow;
    static constexpr std::array<Member<R>, 3> kMembers{&R::personRef, &R::kind, &R::value};
    return kMembers;
}

template <>
std::span<const Member<record::RelationshipRow>> membersOf() {
    using R = record::RelationshipRow;
    static constexpr std::array<Member<R>, 5> kMembers{&R::personRef, &R::otherRef, &R::kind, &R::from, &R::until};
    return kMembers;
}

template <>
std::span<const Member<record::FamilyRow>> membersOf() {
    using R = record::FamilyRow;
    static constexpr std::array<Member<R>, 4> kMembers{&R::personRef, &R::familyRef, &R::from, &R::until};
    return kMembers;
}

template <>
std::span<const Member<record::RollRow>> membersOf() {
    using R = record::RollRow;
    static constexpr std::array<Member<R>, 6> kMembers{&R::personRef, &R::urn,  &R::yearGroup,
                                                       &R::enrolment, &R::from, &R::until};
    return kMembers;
}

template <>
std::span<const Member<record::SchoolRow>> membersOf() {
    using R = record::SchoolRow;
    static constexpr std::array<Member<R>, 7> kMembers{&R::urn,    &R::name,   &R::phase,       &R::laCode,
                                                       &R::opened, &R::closed, &R::successorUrn};
    return kMembers;
}

template <>
std::span<const Member<record::FactRow>> membersOf() {
    using R = record::FactRow;
    static constexpr std::array<Member<R>, 11> kMembers{&R::factRef,     &R::personRef, &R::kind,     &R::role,
                                                        &R::incidentRef, &R::from,      &R::until,    &R::recorded,
                                                        &R::code,        &R::value,     &R::cancelled};
    return kMembers;
}

/// Puts one member into cells.
template <typename Row>
struct ToCell {
    const Row& row;
    CellRow& cells;

    void operator()(std::string Row::* member) const {
        if ((row.*member).empty()) return cells.addNull();
        cells.addText(row.*member);
    }
    void operator()(std::optional<Date> Row::* member) const {
        if (!(row.*member)) return cells.addNull();
        cells.addDate(*(row.*member));
    }
    void operator()(std::int64_t Row::* member) const {
        if (row.*member == 0) return cells.addNull();
        cells.addInteger(row.*member);
    }
    void operator()(std::optional<std::int64_t> Row::* member) const {
        if (!(row.*member)) return cells.addNull();
        cells.addInteger(*(row.*member));
    }
    void operator()(bool Row::* member) const { cells.addInteger(row.*member ? 1 : 0); }
    void operator()(record::FactKind Row::* member) const { cells.addText(record::entry(row.*member).id); }
    void operator()(record::Role Row::* member) const { cells.addText(record::name(row.*member)); }
};

/// Puts one cell into its member.
template <typename Row>
struct FromCell {
    Row& row;
    const Cell& cell;

    void operator()(std::string Row::* member) const { (row.*member).assign(cell.text); }
    void operator()(std::optional<Date> Row::* member) const {
        if (cell.storage == Cell::Storage::Text) row.*member = Date::fromIso(cell.text);
    }
    void operator()(std::int64_t Row::* member) const { row.*member = cell.integer; }
    void operator()(std::optional<std::int64_t> Row::* member) const {
        if (cell.storage == Cell::Storage::Integer) row.*member = cell.integer;
    }
    void operator()(bool Row::* member) const { row.*member = cell.integer != 0; }
    void operator()(record::FactKind Row::* member) const {
        const auto kind = record::factKindFromId(cell.text);
        FAIRLEAD_CHECK(kind.has_value());
        row.*member = *kind;
    }
    void operator()(record::Role Row::* member) const {
        const auto role = record::roleFromName(cell.text);
        FAIRLEAD_CHECK(role.has_value());
        row.*member = *role;
    }
};

/// Calls `use` with the rows of a table, whatever their type.
template <typename Rows, typename Use>
auto withRows(Rows& rows, const TableDefinition& table, Use&& use) {
    if (table.name == "person") return use(rows.persons);
    if (table.name == "address") return use(rows.addresses);
    if (table.name == "identifier") return use(rows.identifiers);
    if (table.name == "relationship") return use(rows.relationships);
    if (table.name == "family_member") return use(rows.families);
    if (table.name == "roll") return use(rows.roll);
    if (table.name == "school") return use(rows.schools);
    FAIRLEAD_CHECK(table.name == "fact");
    return use(rows.facts);
}

}  // namespace

void CellRow::addDate(Date date) {
    auto& text = m_dates[m_size];
    constexpr Date kFirst{-62'091};  // 1800-01-01
    constexpr Date kLast{376'199};   // 2999-12-31
    if (date < kFirst || date > kLast) return addText("beyond");
    const auto day = date.civil();
    const auto put = [&](std::size_t at, unsigned value, std::size_t digits) {
        for (std::size_t i = digits; i-- > 0; value /= 10) text[at + i] = static_cast<char>('0' + value % 10);
    };
    put(0, static_cast<unsigned>(day.year), 4);
    text[4] = '-';
    put(5, day.month, 2);
    text[7] = '-';
    put(8, day.day, 2);
    addText({text.data(), 10});
}

void cellsOf(const ExtractRows& rows, const TableDefinition& table, std::size_t index, CellRow& cells) {
    cells.clear();
    withRows(rows, table, [&]<typename Row>(const std::vector<Row>& list) {
        for (const auto& member : membersOf<Row>()) std::visit(ToCell<Row>{list[index], cells}, member);
    });
}

void appendRow(ExtractRows& rows, const TableDefinition& table, std::span<const Cell> cells) {
    withRows(rows, table, [&]<typename Row>(std::vector<Row>& list) {
        const auto members = membersOf<Row>();
        FAIRLEAD_CHECK(members.size() == cells.size());
        auto& row = list.emplace_back();
        for (std::size_t i = 0; i < members.size(); ++i) std::visit(FromCell<Row>{row, cells[i]}, members[i]);
    });
}

std::size_t rowCount(const ExtractRows& rows, const TableDefinition& table) {
    return withRows(rows, table, [](const auto& list) { return list.size(); });
}

void reserveRows(ExtractRows& rows, const TableDefinition& table, std::size_t count) {
    withRows(rows, table, [&](auto& list) { list.reserve(count); });
}

}  // namespace fairlead::extract
