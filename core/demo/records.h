// Records: how one agency writes down one person: names, birth date, identifiers, addresses, with its own
// errors and gaps. The same person is written alike in every delivery, but for what changed in between.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/demo/names.h"
#include "core/demo/profile.h"
#include "core/demo/registers.h"
#include "core/demo/world.h"
#include "core/record/rows.h"

namespace fairlead::demo {

/// Writes the rows of people. Thread-safety: const after construction.
class RecordWriter {
public:
    /// All three outlive this.
    RecordWriter(const World& world, const Names& names, const Registers& registers);

    /// Appends the person, identifier and address rows of a source as the agency has them on a day.
    void write(Agency agency, std::int32_t source, Date asAt, record::ExtractRows& rows) const;

private:
    struct Subject;  ///< What write() works on.
    void writeNames(const Subject& subject, record::ExtractRows& rows) const;
    void writeIdentifiers(const Subject& subject, record::ExtractRows& rows) const;
    void writeUpn(const Subject& subject, bool temporaryOnly, record::ExtractRows& rows) const;
    void writeAddresses(const Subject& subject, record::ExtractRows& rows) const;
    void writeAddress(const Subject& subject, const Stay& stay, bool history, record::ExtractRows& rows) const;
    [[nodiscard]] std::string forenames(const Subject& subject) const;
    [[nodiscard]] std::string surname(const Subject& subject, const std::string& truth) const;
    [[nodiscard]] std::optional<Date> birthDate(const Subject& subject) const;
    [[nodiscard]] std::string misheard(const Subject& subject, std::string text, Random& random) const;
    [[nodiscard]] std::string nhsNumber(PersonIndex person) const;

    const World& m_world;
    const Names& m_names;
    const Registers& m_registers;
    std::vector<std::int32_t> m_nhsBases;  ///< Six-digit numbers whose 999 number has a check digit.
};

}  // namespace fairlead::demo
