// The rows of extract contract v1: what one agency supplies in one delivery, before anything is linked.
// A row belongs to a `personRef`: the agency's own key of a person, stable from delivery to delivery.
// Empty text is "not supplied". The dates are as the contract has them; nothing here is checked yet.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/record/fact_kind.h"

namespace fairlead::record {

/// One name (and birth date, sex) under which the agency knows a person. Several rows = aliases, former names.
struct PersonRow {
    std::string personRef;
    std::string forenames;  ///< All forenames, blank between, as the source has them.
    std::string surname;
    std::optional<Date> birthDate;
    std::string sex;       ///< "F", "M", "U" or empty.
    std::string nameKind;  ///< "current", "former", "alias", "preferred".
};

/// An address of a person.
struct AddressRow {
    std::string personRef;
    std::string uprn;  ///< 1 to 12 digits.
    std::string saon;  ///< Flat or room.
    std::string paon;  ///< House number or name.
    std::string street;
    std::string town;
    std::string postcode;
    std::string kind;  ///< "home", "placement", "hostel", "refuge", "childrens_home", "other".
    std::optional<Date> from;
    std::optional<Date> until;  ///< Exclusive; nothing = current or not known.
};

/// An identifier of a person.
struct IdentifierRow {
    std::string personRef;
    std::string kind;  ///< "upn", "former_upn", "nhs", "uln", "la_child_id", "pnc".
    std::string value;
};

/// A recorded relation between two people of the same agency.
struct RelationshipRow {
    std::string personRef;
    std::string otherRef;
    std::string kind;  ///< "parent_of", "sibling_of", "partner_of", "carer_of".
    std::optional<Date> from;
    std::optional<Date> until;
};

/// Membership of a family as the agency files it.
struct FamilyRow {
    std::string personRef;
    std::string familyRef;
    std::optional<Date> from;
    std::optional<Date> until;
};

/// A time on a school's roll.
struct RollRow {
    std::string personRef;
    std::int64_t urn = 0;
    std::string yearGroup;  ///< National curriculum year as the census writes it: "R", "1" ... "14".
    std::string enrolment;  ///< "C" current single, "M" main of two, "S" subsidiary, "F", "O", "G".
    std::optional<Date> from;
    std::optional<Date> until;
};

/// A school.
struct SchoolRow {
    std::int64_t urn = 0;
    std::string name;
    std::string phase;  ///< "primary", "secondary", "all_through", "special", "pru", "other".
    std::string laCode;
    std::optional<Date> opened;
    std::optional<Date> closed;
    std::int64_t successorUrn = 0;  ///< 0 = none. An academised school closes and goes on under a new URN.
};

/// A dated fact about a person.
struct FactRow {
    std::string factRef;  ///< The agency's own key of the fact: the same in every delivery that repeats it.
    std::string personRef;
    FactKind kind = FactKind::LookedAfter;
    Role role = Role::Subject;
    std::string incidentRef;  ///< Shared by everybody in one incident; empty = the fact alone.
    std::optional<Date> from;
    std::optional<Date> until;  ///< Exclusive; nothing = still open (status) or a single day (event).
    std::optional<Date> recorded;
    std::string code;
    std::optional<std::int64_t> value;
    bool cancelled = false;  ///< No-crimed, entered in error.
};

/// The tables of one delivery.
struct ExtractRows {
    std::vector<PersonRow> persons;
    std::vector<AddressRow> addresses;
    std::vector<IdentifierRow> identifiers;
    std::vector<RelationshipRow> relationships;
    std::vector<FamilyRow> families;
    std::vector<RollRow> roll;
    std::vector<SchoolRow> schools;
    std::vector<FactRow> facts;
};

}  // namespace fairlead::record
