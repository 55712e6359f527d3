// Raw texts to columns: every distinct text is cleaned once, columns side by side on the threads. Which numbers
// come out depends on the order of rows (that of their ids) alone.

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/link/parallel.h"
#include "core/link/raw_input.h"
#include "core/link/standardise.h"
#include "core/record/identifiers.h"

namespace fairlead::link {
namespace {

constexpr std::uint32_t kStep = 1024;  // values between two looks at the task
constexpr std::string_view kPlaceholder = "placeholder or no letters: taken as missing";

// What is wrong with values, counted row by row.
class Findings {
public:
    // A number that stands for "no value, because": never that of a value.
    std::uint32_t because(std::string_view column, std::string_view what) {
        for (std::uint32_t i = 0; i < m_kinds.size(); ++i) {
            if (m_kinds[i].column == column && m_kinds[i].what == what) return kFirst + i;
        }
        if (m_kinds.size() == kNoValue - kFirst) return kNoValue;
        m_kinds.push_back({std::string(column), std::string(what), 0});
        return kFirst + static_cast<std::uint32_t>(m_kinds.size() - 1);
    }
    // The value that a number stands for.
    std::uint32_t resolved(std::uint32_t number) {
        if (number < kFirst || number == kNoValue) return number;
        ++m_kinds[number - kFirst].count;
        return kNoValue;
    }
    void count(std::string_view column, std::string_view what) { (void)resolved(because(column, what)); }
    [[nodiscard]] const std::vector<QualityCount>& counts() const { return m_kinds; }

private:
    static constexpr std::uint32_t kFirst = 0xfffff000U;
    std::vector<QualityCount> m_kinds;
};

std::string compactOf(std::string_view words) {
    std::string compact(words);
    std::erase(compact, ' ');
    return compact;
}

class RawEncoder {
public:
    RawEncoder(RawInput raw, const NameVariants& variants, TaskContext& task)
        : m_raw(std::move(raw)), m_variants(variants), m_task(task) {}

    Result<EncodedInput> run(unsigned threads) {
        Columns& columns = m_out.columns;
        columns.rows = static_cast<std::uint32_t>(m_raw.datasets.size());
        columns.datasets = std::move(m_raw.datasets);
        m_out.setup = std::move(m_raw.setup);
        const std::size_t attributes = m_raw.attributes.size();
        columns.attributeTexts.resize(attributes);
        columns.attributes.resize(attributes);
        columns.attributeShapes.resize(attributes);
        m_task.begin(Phase::Preparing, distinctTexts());
        std::vector<Findings> findings(kFixedColumns + attributes);
        forEachUnit(findings.size(), threadCount(threads, findings.size()),
                    [&](unsigned, std::size_t unit) { encodeColumn(unit, findings[unit]); });
        addNames();
        addWordFacts(threads);
        if (m_task.cancelled()) return fail(ErrorCode::Cancelled);
        std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
        for (const Findings& of : findings) {
            for (const QualityCount& found : of.counts()) counts[{found.column, found.what}] += found.count;
        }
        for (const auto& [what, count] : counts) {
            if (count > 0) m_out.quality.push_back({what.first, what.second, count});
        }
        return std::move(m_out);
    }

private:
    static constexpr std::size_t kFixedColumns = 6;

    [[nodiscard]] std::uint64_t distinctTexts() const {
        std::uint64_t texts = std::uint64_t{m_raw.forenames.size()} + m_raw.surnames.size() + m_raw.sexes.size() +
                              m_raw.addresses.size() + m_raw.identifiers.size();
        for (const RawColumn& attribute : m_raw.attributes) texts += attribute.size();
        return texts;
    }

    // The costly ones first.
    void encodeColumn(std::size_t unit, Findings& findings) {
        Columns& columns = m_out.columns;
        switch (unit) {
            case 0: return encodeAddresses(findings);
            case 1:
                columns.surname = encoded(m_raw.surnames, findings, [&](std::string_view raw) {
                    const std::string canonical = canonicalSurname(raw);
                    return canonical.empty() ? findings.because("surname", kPlaceholder)
                                             : columns.surnameTexts.add(canonical);
                });
                return;
            case 2:
                columns.forename = encoded(m_raw.forenames, findings, [&](std::string_view raw) {
                    const std::string canonical = canonicalForenames(raw);
                    return canonical.empty() ? findings.because("forename", kPlaceholder)
                                             : columns.forenameTexts.add(canonical);
                });
                return;
            case 3: return encodeDates(findings);
            case 4: return encodeIdentifiers(findings);
            case 5:
                columns.sex = encoded(m_raw.sexes, findings, [&](std::string_view raw) {
                    const std::string sex = canonicalSex(raw);
                    return sex.empty() ? findings.because("sex", "neither female nor male: taken as missing")
                                       : (sex == "F" ? 0U : 1U);
                });
                return;
            default: encodeAttribute(unit - kFixedColumns, findings);
        }
    }

    // Cleans each raw text once and puts the numbers in the place of the raw ones. The raw column is given up.
    template <typename Clean>
    MultiColumn encoded(RawColumn& column, Findings& findings, Clean clean) {
        const RawColumn raw = std::move(column);
        std::vector<std::uint32_t> numbers(raw.size(), kNoValue);
        for (std::uint32_t value = 0; value < raw.size(); ++value) {
            if (value % kStep == 0) {
                if (m_task.cancelled()) return {};
                m_task.advance(std::min(kStep, raw.size() - value));
            }
            numbers[value] = clean(raw.text(value));
        }
        MultiColumn values = raw.values;
        values.replaceEach([&](std::uint32_t value) { return findings.resolved(numbers[value]); });
        return values.rows() == 0 ? MultiColumn::ofSingles(std::vector(m_out.columns.rows, kNoValue)) : values;
    }

    void encodeDates(Findings& findings) {
        std::unordered_map<std::uint32_t, std::uint32_t> numbers;
        std::vector<std::uint32_t>& dates = m_out.columns.dates;
        std::vector<bool> impossible;
        MultiColumn values = std::move(m_raw.dates);
        values.replaceEach([&](std::uint32_t digits) {
            const auto [at, isNew] = numbers.try_emplace(digits, kNoValue);
            if (isNew) {
                const auto date = Date::fromCivil(static_cast<int>(digits / 10000), digits / 100 % 100, digits % 100);
                constexpr std::uint32_t kYear1000 = 1000'00'00;
                if (digits < kYear1000) {
                    at->second = findings.because("birth_date", "not a date in the format of the column: not used");
                } else if (date && isPlaceholderDate(*date)) {
                    at->second = findings.because("birth_date", "placeholder: taken as missing");
                } else {
                    at->second = static_cast<std::uint32_t>(dates.size());
                    dates.push_back(digits);
                    impossible.push_back(!date);
                }
            }
            if (at->second < dates.size() && impossible[at->second])
                findings.count("birth_date", "no such day: compared digit by digit");
            return findings.resolved(at->second);
        });
        m_out.columns.birthDate =
            values.rows() == 0 ? MultiColumn::ofSingles(std::vector(m_out.columns.rows, kNoValue)) : std::move(values);
    }

    void encodeIdentifiers(Findings& findings) {
        Columns& columns = m_out.columns;
        columns.identifier = encoded(m_raw.identifiers, findings, [&](std::string_view raw) {
            const std::size_t end = raw.find(kPartSeparator);
            const std::string_view kind = raw.substr(0, end);
            const CanonicalIdentifier canonical = canonicalIdentifier(kind, raw.substr(end + 1));
            if (canonical.value.empty())
                return findings.because("identifier", fmt::format("{}: {}", kind, canonical.reason));
            const std::uint32_t id = columns.identifierTexts.add(canonical.kind + kPartSeparator + canonical.value);
            if (id == columns.identifiers.size()) {
                columns.identifiers.push_back(
                    {columns.identifierKinds.add(canonical.kind), isUniqueIdentifierKind(canonical.kind)});
            }
            return id;
        });
    }

    void encodeAttribute(std::size_t attribute, Findings& findings) {
        Columns& columns = m_out.columns;
        Dictionary& texts = columns.attributeTexts[attribute];
        std::vector<TextShape>& shapes = columns.attributeShapes[attribute];
        columns.attributes[attribute] = encoded(m_raw.attributes[attribute], findings, [&](std::string_view raw) {
            const std::string canonical = canonicalText(raw);
            if (canonical.empty()) return findings.because(m_out.setup.attributeColumns[attribute], kPlaceholder);
            const std::uint32_t id = texts.add(canonical);
            if (id == shapes.size()) shapes.push_back(shapeOf(canonical));
            return id;
        });
    }

    void encodeAddresses(Findings& findings);
    void addNames();
    void addWordFacts(unsigned threads);
    ListRange kept(std::span<const std::uint32_t> list);

    RawInput m_raw;
    const NameVariants& m_variants;
    TaskContext& m_task;
    EncodedInput m_out;
};

// One address after the other; scratch texts are kept, most addresses are new.
class AddressEncoder {
public:
    AddressEncoder(Columns& columns, Findings& findings) : m_columns(columns), m_findings(findings) {}

    std::uint32_t idOf(std::string_view raw) {
        std::array<std::string_view, 5> parts{};  // UPRN, flat, house, street, postcode
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t end = raw.find(kPartSeparator);
            if (end == std::string_view::npos) break;
            parts[i] = raw.substr(0, end);
            raw.remove_prefix(end + 1);
        }
        parts[4] = raw;
        const std::string_view uprnText = trimmed(parts[0]);
        const bool uprnValid = record::isValidUprn(uprnText);
        if (!uprnText.empty() && !uprnValid) m_findings.count("uprn", "not one to twelve digits: not used");
        const std::string_view uprn = uprnValid ? uprnText.substr(uprnText.find_first_not_of('0')) : std::string_view{};
        const PostcodeParts postcode = canonicalPostcodeParts(parts[4]);
        const std::string flat = canonicalText(parts[1]), house = canonicalText(parts[2]),
                          street = canonicalStreet(parts[3]);
        if (uprn.empty() && postcode.unit.empty() && (street.empty() || house.empty())) return kNoValue;
        const std::uint32_t id = m_texts.add(joined({uprn, postcode.unit, flat, house, street}));
        if (id < m_columns.addresses.size()) return id;
        AddressEntry entry;
        // Each part under its own prefix: a house called "BS7" is no district.
        entry.uprn = part('n', uprn);
        entry.postcode = part('u', postcode.unit);
        entry.sector = part('s', postcode.sector);
        entry.district = part('d', postcode.district);
        entry.flat = part('f', flat);
        entry.house = part('h', house);
        entry.street = part('r', street);
        if (!uprn.empty()) {
            entry.home = m_columns.homes.add(joined({"n", uprn}));
        } else if (!postcode.unit.empty() && !house.empty()) {
            entry.home = m_columns.homes.add(joined({postcode.unit, house, flat}));
        }
        m_columns.addresses.push_back(entry);
        return id;
    }

private:
    std::uint32_t part(char prefix, std::string_view text) {
        if (text.empty()) return kNoValue;
        m_scratch.assign(1, prefix);
        m_scratch += text;
        return m_columns.addressParts.add(m_scratch);
    }

    std::string_view joined(std::initializer_list<std::string_view> parts) {
        m_scratch.clear();
        for (const std::string_view part : parts) {
            m_scratch += part;
            m_scratch += kPartSeparator;
        }
        return m_scratch;
    }

    Columns& m_columns;
    Findings& m_findings;
    Dictionary m_texts;
    std::string m_scratch;
};

void RawEncoder::encodeAddresses(Findings& findings) {
    AddressEncoder encoder(m_out.columns, findings);
    m_out.columns.address = encoded(m_raw.addresses, findings, [&](std::string_view raw) { return encoder.idOf(raw); });
}

ListRange RawEncoder::kept(std::span<const std::uint32_t> list) {
    std::vector<std::uint32_t>& lists = m_out.columns.lists;
    const ListRange range{static_cast<std::uint32_t>(lists.size()), static_cast<std::uint32_t>(list.size())};
    lists.insert(lists.end(), list.begin(), list.end());
    return range;
}

void RawEncoder::addNames() {
    Columns& columns = m_out.columns;
    std::vector<std::uint32_t> parts;
    columns.forenames.reserve(columns.forenameTexts.size());
    for (std::uint32_t id = 0; id < columns.forenameTexts.size(); ++id) {
        const std::string_view text = columns.forenameTexts.text(id);
        parts.clear();
        for (const std::string_view part : split(text, ' ')) parts.push_back(columns.words.add(part));
        const std::uint32_t whole = parts.size() == 1 ? parts.front() : columns.words.add(compactOf(text));
        columns.forenames.push_back({parts.front(), whole, kept(parts)});
    }
    columns.surnames.reserve(columns.surnameTexts.size());
    for (std::uint32_t id = 0; id < columns.surnameTexts.size(); ++id) {
        constexpr std::size_t kShortestPart = 3;  // "DE", "EL", "AL" say nothing
        const std::string_view text = columns.surnameTexts.text(id);
        const std::size_t blank = text.find(' ');
        const std::uint32_t first = columns.words.add(text.substr(0, blank));
        parts.clear();
        for (const std::string_view part : split(text, ' ')) {
            if (part.size() >= kShortestPart) parts.push_back(columns.words.add(part));
        }
        const std::uint32_t whole = blank == std::string_view::npos ? first : columns.words.add(compactOf(text));
        columns.surnames.push_back({whole, first, kept(parts)});
    }
}

void RawEncoder::addWordFacts(unsigned threads) {
    Columns& columns = m_out.columns;
    const std::size_t words = columns.words.size();
    std::vector<std::string> sounds(words);
    columns.wordShapes.resize(words);
    constexpr std::size_t kUnit = 4096;
    const std::size_t units = (words + kUnit - 1) / kUnit;
    forEachUnit(units, threadCount(threads, units), [&](unsigned, std::size_t unit) {
        if (m_task.cancelled()) return;
        for (std::size_t word = unit * kUnit; word < std::min(words, (unit + 1) * kUnit); ++word) {
            const std::string_view text = columns.words.text(static_cast<std::uint32_t>(word));
            sounds[word] = soundOf(text);
            columns.wordShapes[word] = shapeOf(text);
        }
    });
    columns.wordSound.reserve(words);
    for (const std::string& sound : sounds)
        columns.wordSound.push_back(sound.empty() ? kNoValue : columns.sounds.add(sound));
    columns.wordGroups.assign(words, {});
    for (const auto& [name, groups] : m_variants.names()) {
        const std::uint32_t word = columns.words.find(name);
        if (word != kNoValue) columns.wordGroups[word] = kept(groups);
    }
}

}  // namespace

Result<EncodedInput> encode(RawInput raw, const NameVariants& variants, unsigned threads, TaskContext& task) {
    return RawEncoder(std::move(raw), variants, task).run(threads);
}

}  // namespace fairlead::link
